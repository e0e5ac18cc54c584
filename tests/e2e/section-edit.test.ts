import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotBrowse, openApp, type AppInBrowser } from './browser.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SLOW = 240_000 // software GL draws frame by frame

describe.skipIf(cannotBrowse !== null)('a planner who edits in the cross-section and on the map', () => {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-section-'))
  const file = join(folder, 'city.gpkg')
  let app: AppInBrowser
  beforeAll(async () => {
    execFileSync(process.execPath, ['main/launch/underplan.mjs', 'sample', file, '--segments', '2000'], { cwd: ROOT })
    app = await openApp({ viewport: { width: 1440, height: 900 }, file })
    await app.page.getByText('All edits stored').waitFor({ timeout: SLOW })
  }, SLOW)
  afterAll(async () => {
    await app?.close()
    rmSync(folder, { recursive: true, force: true })
  }, SLOW)

  const vertices = async (): Promise<number> => Number(/\d+/.exec((await app.page.getByText(/^\d+ vertices$/).textContent())!)![0])
  const canUndo = () => app.page.getByRole('button', { name: /^Undo/ }).first().isEnabled()

  /** Takes hold of the line in the section and moves it by pixels, without letting go. */
  async function take(rightPx: number, downPx: number): Promise<void> {
    const { mouse } = app.page
    const grip = (await app.page.getByRole('img', { name: /^Cross-section of/ }).locator('.cut-handle').first().boundingBox())!
    await mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await mouse.down()
    await mouse.move(grip.x + grip.width / 2 + rightPx, grip.y + grip.height / 2 + downPx, { steps: 4 })
    await app.page.getByText(/m to the (left|right) · axis/).waitFor()
  }

  it('drags the line aside and in level: seen at once, put back by Escape, one step of undo', async () => {
    const { page } = app
    await page.getByText('GH-A-01', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Open or close the cross-section' }).click()
    await page.getByRole('img', { name: /^Cross-section of GH-A-01/ }).waitFor()
    const before = await vertices()

    await take(40, -30)
    await page.getByText('Moving aside and in level', { exact: false }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(/m to the (left|right) · axis/).waitFor({ state: 'detached' })
    await page.mouse.up()
    expect([await vertices(), await canUndo()]).toEqual([before, false])

    // The card of a finding gives way to the line in hand, and comes back when it is put back.
    await page.getByRole('grid', { name: 'Findings' }).locator('[role=row][aria-selected]').first().click()
    const card = page.locator('.finding-card')
    await card.waitFor()
    await take(-25, 0)
    await card.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await card.waitFor()
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })
    await page.getByText('GH-A-01', { exact: true }).first().click()

    await take(-45, 0)
    // What is broken while it is in hand is drawn and named.
    await page.locator('.why-card').getByText(/needs/).waitFor()
    await page.mouse.up()
    await expect.poll(vertices).toBe(before + 1)

    // The section stands on the new vertex: this moves it and makes no other.
    await take(0, 20)
    await page.mouse.up()
    await page.getByText(/m to the (left|right) · axis/).waitFor({ state: 'detached' })
    expect(await vertices()).toBe(before + 1)
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await expect.poll(vertices).toBe(before)
    await expect.poll(canUndo).toBe(false)
  }, SLOW)

  it('moves it by keys too', async () => {
    const { page } = app
    const before = await vertices()
    await page.getByRole('img', { name: /^Cross-section of/ }).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(vertices).toBe(before + 1)
    await page.keyboard.press('Alt+ArrowLeft')
    await expect.poll(canUndo).toBe(true)
    expect(await vertices()).toBe(before + 1)
    expect(app.troubles).toEqual([])
  }, SLOW)

  it('draws a line on the map and moves a vertex there', async () => {
    const { page } = app
    await page.keyboard.press('Escape')
    await page.getByText('GH-A-01', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Open or close the map' }).click()
    const map = page.locator('.map-canvas')
    await map.waitFor()
    const box = (await map.boundingBox())!
    const at = (right: number, down: number) => [box.x + box.width / 2 + right, box.y + box.height / 2 + down] as const
    await page.mouse.move(...at(0, 0))
    for (let notch = 0; notch < 3; notch++) await page.mouse.wheel(0, -400)
    await page.getByRole('button', { name: /^New pipeline/ }).first().click()
    await page.getByText('Click on the ground', { exact: false }).waitFor()
    await page.mouse.click(...at(-100, 50))
    await page.getByText('Click the next point', { exact: false }).waitFor()
    await page.mouse.click(...at(-20, 20))
    await page.getByText('Enter or double click', { exact: false }).waitFor()
    await page.mouse.dblclick(...at(80, -50))
    // The three clicks, and what its cover takes to follow the ground between them.
    await expect.poll(vertices).toBeGreaterThanOrEqual(3)
    const length = () => page.locator('.properties__row').filter({ hasText: /^Length/ }).first().locator('dd').textContent()
    const [drawn, drawnLength] = [await vertices(), await length()]
    await page.mouse.move(...at(-20, 20))
    await page.mouse.down()
    await page.mouse.move(...at(-20, 80), { steps: 4 })
    await page.getByText('Moving', { exact: false }).first().waitFor()
    await page.mouse.up()
    // Its two legs follow the ground anew, so that it may have more vertices than before, or fewer.
    await expect.poll(length).not.toBe(drawnLength)
    expect(await vertices()).toBeGreaterThanOrEqual(3)
    // Two steps of undo: the vertex, then the line.
    const lines = () => page.getByText('Water 1', { exact: true }).count()
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await expect.poll(length).toBe(drawnLength)
    expect(await vertices()).toBe(drawn)
    expect(await lines()).toBeGreaterThan(0)
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await expect.poll(lines).toBe(0)
    expect(app.troubles).toEqual([])
  }, SLOW)
})
