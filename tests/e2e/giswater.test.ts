import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotBrowse, openApp, type AppInBrowser } from './browser.ts'

const DATA = join(import.meta.dirname, '../../../shared/data/giswater-example')
const FILES = ['ud_arcs.geojson', 'ws_arcs.geojson'].map(name => join(DATA, name))
const SLOW = 180_000 // software GL draws frame by frame

/** The main job on real input: sewers and water of the same streets, brought in, corrected, and planned through. */
describe.skipIf(cannotBrowse !== null || !FILES.every(file => existsSync(file)))('Giswater sewers and water in the app', () => {
  let app: AppInBrowser
  beforeAll(async () => {
    app = await openApp({ viewport: { width: 1440, height: 900 } })
    await app.page.locator('canvas').first().waitFor()
  }, SLOW)
  afterAll(() => app?.close(), SLOW)

  const dialog = (): Locator => app.page.getByRole('dialog')
  const press = (name: string | RegExp) => dialog().getByRole('button', { name }).click()

  it('proposes what the fields mean, in the coordinate system the files declare', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('menuitem', { name: /Close project/ }).click()
    await page.getByText('Import data', { exact: true }).first().click()
    await press('Create')
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(FILES)
    await dialog().getByRole('button', { name: /^ud_arcs/ }).waitFor()
    expect(await dialog().getByLabel('Coordinate system of the project').inputValue()).toBe('EPSG:25831')
    expect(await dialog().getByLabel('Identifier').inputValue()).toBe('arc_id')
    expect(await dialog().getByLabel('Diameter or width').inputValue()).toBe('cat_geom1_m')
    expect(await dialog().getByLabel('They are').inputValue()).toBe('invert')
    await dialog().getByText('Reads as 0 – 2000 mm').waitFor()
  }, SLOW)

  it('takes the user\'s corrections: kind and owner of the layers', async () => {
    await dialog().getByLabel('Kind of all').selectOption('sewer_foul')
    await dialog().getByLabel('Owner of all').fill('Sant Boi sewers')
    await dialog().getByRole('button', { name: /^ws_arcs/ }).click()
    await dialog().getByLabel('Owner of all').fill('Sant Boi water')
    await press('Check what it gives')
    await press('Back')
    expect(await dialog().getByLabel('Owner of all').inputValue()).toBe('Sant Boi water')
  }, SLOW)

  it('says what was assumed and what is missing before anything is written, then imports all of it', async () => {
    const { page } = app
    await press('Check what it gives')
    await dialog().getByText('What it gives').first().waitFor()
    const issue = (text: string) => dialog().getByRole('listitem').filter({ hasText: text }).first()
    expect(await issue('stands for unknown').innerText()).toContain('265') // SOURCE.md: water depth is 0 everywhere
    expect(await issue('No usable size').innerText()).toContain('11') // SOURCE.md: VIRTUAL arcs of size 0
    await press('Import 475 objects')
    await dialog().waitFor({ state: 'detached' })
    const layers = page.getByRole('tree', { name: 'Layers' })
    await layers.getByRole('treeitem', { name: /Foul sewer/ }).getByText('206').waitFor()
    await layers.getByRole('treeitem', { name: /Water/ }).getByText('269').waitFor()
    await page.getByRole('contentinfo').getByText('EPSG:25831').waitFor()
  }, SLOW)

  it('checks a gas main drawn there', async () => {
    const { page } = app
    await page.getByRole('toolbar', { name: 'Main actions' }).getByRole('button', { name: 'New pipeline' }).click()
    await page.getByRole('group', { name: 'New pipeline' }).getByLabel('Kind').selectOption('gas')
    const box = (await page.locator('canvas').first().boundingBox())!
    for (const [u, v] of [[0.2, 0.35], [0.6, 0.7]] as const) {
      await page.mouse.move(box.x + u * box.width, box.y + v * box.height, { steps: 3 })
      await page.mouse.click(box.x + u * box.width, box.y + v * box.height)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('contentinfo').getByText('All edits stored').waitFor()
    await page.getByRole('contentinfo').getByText('Results current').waitFor()
    await page.getByRole('grid', { name: 'Findings' }).locator('[role=row][aria-selected]').first().waitFor()
    expect(app.troubles).toEqual([])
  }, SLOW)
})
