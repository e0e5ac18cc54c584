import type { Browser, Page } from 'playwright-core'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProjectFile } from '#main/services/project-file.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { segmentCount } from '#shared/twin/asset-columns.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { cannotBrowse, openApp, startWebHost, type WebHostProcess } from '../e2e/browser.ts'
import { rounded, summarise } from './measure.ts'

/** What drawing a project costs in a real Chromium (software GL where there is no other). */
export interface DrawFigures {
  /** The most of any frame while orbiting. */
  readonly drawCalls: number
  readonly triangles: number
  /**
   * Processor time of the page's thread in a frame's callbacks, calls of graphics among them: median over the orbit, and the 99th in a
   * hundred. Not the clock: where the processor draws, the graphics process has the processor half of the time.
   */
  readonly jsMsPerFrame: number
  readonly jsMsP99: number
  /** The same by the clock, as the counters show it. */
  readonly clockMsPerFrame: number
  readonly frames: number
  /** From loading the page to the first frame, of a project the host has open. */
  readonly firstPictureMs: number
  /** Until what is pointed at is found. */
  readonly pickReadyMs: number
  /** Vertex data of the far levels. */
  readonly bytesPerSegment: number
  /** JavaScript heap of the page after the orbit, shared memory left out. */
  readonly pageHeapMb: number
}

/** Why no drawing can be measured here; null where it can. */
export const cannotDraw = cannotBrowse

const ORBIT_STEPS = 24
/** Tubes near the eye are there, and the first check has been answered. */
const SETTLE_MS = 4000
const PATIENCE_MS = 240_000
/** What a browser does for itself after its start (its own window and graphics process) is no part of a page's first picture. */
const BROWSER_START_MS = 4000

/** Draws a sample city of its own; the file is thrown away. */
export async function measureDrawing(segments: number, seed: number): Promise<DrawFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-bench-'))
  try {
    const file = join(folder, 'draw.gpkg')
    const { records } = generateSampleCity({ segments, seed })
    await (await ProjectFile.create(file, { records })).close()
    return await drawFile(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Opens a project file in Chromium, orbits, and reads the counters. The page and host are closed again. */
async function drawFile(file: string): Promise<DrawFigures> {
  const host = await startWebHost({ file })
  try {
    await settled(host)
    const app = await openApp({ host, viewport: { width: 1440, height: 900 }, quietMs: BROWSER_START_MS })
    try {
      app.page.setDefaultTimeout(PATIENCE_MS)
      const firstPictureMs = await markOf(app.page, 'underplan:first-picture')
      const pickReadyMs = await markOf(app.page, 'underplan:pick-ready')
      await showCounters(app.page)
      await app.page.waitForTimeout(SETTLE_MS)
      const turned = await orbit(app.page, app.browser)
      const pageHeapMb = await app.page.evaluate(() => Math.round(((performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? NaN) / 1e6))
      return { ...turned, firstPictureMs, pickReadyMs, bytesPerSegment: await farBytes(file), pageHeapMb }
    } finally {
      await app.close()
    }
  } finally {
    await host.stop()
    host.remove()
  }
}

/** Waits until the host has the project open: its processor time stands still. */
async function settled(host: WebHostProcess): Promise<void> {
  const ticks = () => {
    try {
      return readFileSync(`/proc/${host.process.pid}/stat`, 'utf8').split(' ').slice(13, 15).join()
    } catch {
      return ''
    }
  }
  let last = ''
  for (let waited = 0; waited < 60_000; waited += 500) {
    await new Promise(resolve => setTimeout(resolve, 500))
    const now = ticks()
    if (now === last) return
    last = now
  }
}

async function markOf(page: Page, name: string): Promise<number> {
  // Asked from time to time: every question to a busy page is work of its own.
  const mark = await page.waitForFunction(asked => performance.getEntriesByName(asked)[0]?.startTime, name, { polling: 200 })
  return Math.round((await mark.jsonValue()) ?? NaN)
}

async function showCounters(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.locator('.palette__input').fill('counters')
  await page.keyboard.press('Enter')
  await page.locator('.scene-counters').waitFor()
}

async function orbit(page: Page, browser: Browser): Promise<Pick<DrawFigures, 'drawCalls' | 'triangles' | 'jsMsPerFrame' | 'jsMsP99' | 'clockMsPerFrame' | 'frames'>> {
  const read = () => page.locator('.scene-counters').evaluate(panel => {
    const { drawCalls, triangles, frames, frameMs } = (panel as HTMLElement).dataset
    return { drawCalls: Number(drawCalls), triangles: Number(triangles), frames: Number(frames), frameMs: Number(frameMs) }
  })
  const box = (await page.locator('.scene-canvas canvas').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const before = await read()
  let [drawCalls, triangles, frames] = [0, 0, before.frames]
  const times: number[] = []
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= ORBIT_STEPS; step++) {
    await page.mouse.move(x + 12 * step, y + 2 * step)
    const now = await read()
    drawCalls = Math.max(drawCalls, now.drawCalls)
    triangles = Math.max(triangles, now.triangles)
    if (now.frames > frames) times.push(now.frameMs)
    frames = now.frames
  }
  await page.mouse.up()
  const spent = frameCallbacks(await browser.stopTracing())
  if (times.length === 0 || spent.length === 0) throw new Error('the picture did not move')
  const { p50Ms, p99Ms } = summarise(spent)
  return { drawCalls, triangles, frames: frames - before.frames, jsMsPerFrame: p50Ms, jsMsP99: p99Ms, clockMsPerFrame: summarise(times).p50Ms }
}

/** Processor time of each call of a frame's callbacks in a trace, milliseconds. */
function frameCallbacks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly { readonly name: string; readonly ph: string; readonly tdur?: number }[] }
  return traceEvents.flatMap(({ name, ph, tdur }) => (name === 'FireAnimationFrame' && ph === 'X' && tdur !== undefined ? [tdur / 1000] : []))
}

/** Packed words of the thinned list and its tiles, by the segments they stand for. */
async function farBytes(file: string): Promise<number> {
  const { project } = await ProjectFile.open(file, { readOnly: true })
  try {
    const columns = project.columns()
    const { coarseStart, boxes } = sceneModel(columns, project.context()).segments
    return rounded((16 * (coarseStart.at(-1)! - coarseStart[0]!) + boxes.byteLength) / Math.max(1, segmentCount(columns)))
  } finally {
    await project.close()
  }
}
