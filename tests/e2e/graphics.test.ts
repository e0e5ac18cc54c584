import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotBrowse, openApp, type AppInBrowser } from './browser.ts'

const SLOW = 180_000 // software GL draws frame by frame
const drawn = (page: Page) => page.waitForFunction(() => performance.getEntriesByName('underplan:first-picture').length > 0, undefined, { timeout: SLOW })

/** Keeps the names of the shaders that are compiled, in `window.programs`. */
function notePrograms(): void {
  const programs: string[] = []
  Object.assign(window, { programs })
  const { shaderSource } = WebGL2RenderingContext.prototype
  WebGL2RenderingContext.prototype.shaderSource = function (shader, text) {
    const name = /#define SHADER_NAME (\S+)/.exec(text)?.[1]
    if (name && this.getShaderParameter(shader, this.SHADER_TYPE) === this.FRAGMENT_SHADER) programs.push(name)
    shaderSource.call(this, shader, text)
  }
}

/** Bytes of a picture of the 3D view: a blank one is a few kilobytes. */
const pictureBytes = async (page: Page) => (await page.locator('.scene-canvas').screenshot({ timeout: SLOW })).length

describe.skipIf(cannotBrowse)('a graphics driver that takes the picture away', () => {
  let app: AppInBrowser
  beforeAll(async () => {
    app = await openApp({ before: notePrograms })
    await drawn(app.page)
  }, SLOW)
  afterAll(() => app?.close(), SLOW)

  it('had to build no program of the first picture twice', async () => {
    const { page } = app
    await page.waitForFunction(() => performance.getEntriesByName('underplan:pick-ready').length > 0, undefined, { timeout: SLOW })
    const names = await page.evaluate(() => (window as unknown as { programs: string[] }).programs)
    expect(names).toContain('ground-over-network')
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  }, SLOW)

  it('is said, loses nothing, and the picture comes back', async () => {
    const { page } = app
    await page.getByText('GH-A-01').first().click()
    const before = await pictureBytes(page)
    await page.locator('.scene-canvas canvas').evaluate((canvas: HTMLCanvasElement) => {
      const lose = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!
      Object.assign(window, { giveBack: () => lose.restoreContext() })
      lose.loseContext()
    })
    await page.getByText('The graphics driver took the picture away').waitFor()
    // The tables go on meanwhile.
    await page.getByText('Asset ledger').first().click()
    await page.getByRole('row').nth(3).waitFor()
    await page.evaluate(() => (window as unknown as { giveBack(): void }).giveBack())
    await page.getByText('The graphics driver took the picture away').waitFor({ state: 'detached' })
    await expect.poll(() => pictureBytes(page), { timeout: SLOW, interval: 1000 }).toBeGreaterThan(0.7 * before)
    await page.getByText('GH-A-01').first().waitFor()
    expect(app.troubles.filter(trouble => !/context/i.test(trouble))).toEqual([])
  }, SLOW)
})

describe.skipIf(cannotBrowse)('a computer without WebGL 2', () => {
  let app: AppInBrowser
  beforeAll(async () => {
    app = await openApp({ flags: ['--disable-3d-apis'] })
  }, SLOW)
  afterAll(() => app?.close(), SLOW)

  it('says so in place of the 3D view; tables, findings, map and profile work', async () => {
    const { page } = app
    await page.getByText('The 3D view needs WebGL 2').waitFor()
    await page.getByRole('row').filter({ hasText: /Mandatory · certain/ }).first().waitFor({ timeout: SLOW })
    await page.getByText('Asset ledger').first().click()
    await page.getByRole('row').nth(3).click()
    await page.keyboard.press('l')
    await page.getByRole('img', { name: /^Long profile of/ }).waitFor()
    await page.keyboard.press('m')
    await page.locator('.map-view canvas').first().waitFor()
    expect(app.troubles.filter(trouble => !/WebGL/i.test(trouble))).toEqual([])
  }, SLOW)
})

describe.skipIf(cannotBrowse)('lines nobody knows the depth, size or kind of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-e2e-bare-'))
  const line = (id: string, x: number) => ({ type: 'Feature', properties: { name: id }, geometry: { type: 'LineString', coordinates: [[x, 0], [x + 40, 30]] } })
  let app: AppInBrowser
  beforeAll(async () => {
    const [source, project] = [join(folder, 'bare.geojson'), join(folder, 'bare.gpkg')]
    writeFileSync(source, JSON.stringify({ type: 'FeatureCollection', features: [line('a', 0), line('b', 20), line('c', 400)] }))
    execFileSync(process.execPath, [join(import.meta.dirname, '../../main/cli/underplan.ts'), 'import', source, '-o', project], { stdio: 'pipe' })
    app = await openApp({ file: project })
    await drawn(app.page)
  }, SLOW)
  afterAll(async () => {
    await app?.close()
    rmSync(folder, { recursive: true, force: true })
  }, SLOW)

  it('are drawn, marked as assumed everywhere, and can be looked at from the side', async () => {
    const { page } = app
    await page.getByText('All levels are assumed: lines are hatched').waitFor()
    await page.getByText('Asset ledger').first().click()
    await page.getByRole('row').nth(1).click()
    await page.keyboard.press('l')
    await page.getByRole('img', { name: /^Long profile of/ }).waitFor()
    await page.keyboard.press('x')
    await page.getByRole('img', { name: /^Cross-section of/ }).waitFor()
    await expect.poll(() => page.locator('.cut-assumed').count()).toBe(2)
    expect(app.troubles).toEqual([])
  }, SLOW)
})
