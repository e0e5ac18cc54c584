import type { Page } from 'playwright-core'
import { ProjectFile } from '#main/services/project-file.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { packSegments } from '#renderer/scene/tiles/segment-words.ts'
import { segmentCount } from '#shared/twin/asset-columns.ts'
import { openApp, startWebHost } from '../e2e/browser.ts'

/** What drawing a project costs in a real Chromium (software GL where there is no other). */
export interface DrawFigures {
  /** The most of any frame while orbiting. */
  readonly drawCalls: number
  readonly triangles: number
  /** JavaScript, mean over the frames of the orbit. */
  readonly jsMsPerFrame: number
  /** From loading the page to the first frame, of a project the host has open. */
  readonly firstPictureMs: number
  /** Vertex data of the far levels. */
  readonly bytesPerSegment: number
}

const ORBIT_STEPS = 24
const SETTLE_MS = 4000

/** Opens a project file in Chromium, orbits, and reads the counters. The page and host are closed again. */
export async function measureDrawing(file: string): Promise<DrawFigures> {
  const host = await startWebHost({ file })
  const app = await openApp({ host, viewport: { width: 1440, height: 900 } })
  try {
    app.page.setDefaultTimeout(240_000)
    await app.page.waitForFunction(() => performance.getEntriesByName('underplan:first-picture').length > 0)
    const firstPictureMs = await app.page.evaluate(() => performance.getEntriesByName('underplan:first-picture')[0]!.startTime)
    await showCounters(app.page)
    await app.page.waitForTimeout(SETTLE_MS)
    return { ...(await orbit(app.page)), firstPictureMs: Math.round(firstPictureMs), bytesPerSegment: await farBytes(file) }
  } finally {
    await app.close()
    await host.stop()
    host.remove()
  }
}

async function showCounters(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('counters')
  await page.keyboard.press('Enter')
  await page.locator('.scene-counters').waitFor()
}

async function orbit(page: Page): Promise<Pick<DrawFigures, 'drawCalls' | 'triangles' | 'jsMsPerFrame'>> {
  const read = () => page.locator('.scene-counters').evaluate(panel => {
    const { drawCalls, triangles, frames, scriptMs } = (panel as HTMLElement).dataset
    return { drawCalls: Number(drawCalls), triangles: Number(triangles), frames: Number(frames), scriptMs: Number(scriptMs) }
  })
  const box = (await page.locator('.scene-canvas canvas').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const before = await read()
  let [drawCalls, triangles] = [0, 0]
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= ORBIT_STEPS; step++) {
    await page.mouse.move(x + 12 * step, y + 2 * step)
    const now = await read()
    drawCalls = Math.max(drawCalls, now.drawCalls)
    triangles = Math.max(triangles, now.triangles)
  }
  await page.mouse.up()
  const after = await read()
  const frames = after.frames - before.frames
  if (frames === 0) throw new Error('the picture did not move')
  return { drawCalls, triangles, jsMsPerFrame: Math.round((100 * (after.scriptMs - before.scriptMs)) / frames) / 100 }
}

/** Packed words of the thinned list and its tiles, by the segments they stand for. */
async function farBytes(file: string): Promise<number> {
  const { project } = await ProjectFile.open(file)
  try {
    const [columns, context] = [project.columns(), project.context()]
    const { bodies, tiles, frame } = sceneModel(columns, context)
    const { coarseStart, boxes } = packSegments(columns, bodies, tiles, frame.origin)
    return Math.round((100 * (16 * (coarseStart.at(-1)! - coarseStart[0]!) + boxes.byteLength)) / Math.max(1, segmentCount(columns))) / 100
  } finally {
    await project.close()
  }
}
