import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { cannotBrowse, openApp, startWebHost, type AppInBrowser, type WebHostProcess } from './browser.ts'
import { moveSlider } from './slider.ts'

const VIEW = { width: 1440, height: 900 }
const SLOW = 180_000 // software GL draws the city frame by frame

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name })
const schemes = (page: Page): Locator => page.getByRole('list', { name: 'Schemes' }).getByRole('listitem')
const findings = (page: Page): Locator => page.getByRole('grid', { name: 'Findings' }).locator('[role=row][aria-selected]')
const status = (page: Page): Locator => page.getByRole('contentinfo')

async function ready(page: Page): Promise<void> {
  await page.locator('canvas').first().waitFor()
  await page.getByText('All edits stored').waitFor()
}

/** A point of the 3D view, as shares of its width and height. */
async function inView(page: Page, x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator('canvas').first().boundingBox()
  return { x: box!.x + x * box!.width, y: box!.y + y * box!.height }
}

/** Draws a line by clicking points of the 3D view and pressing Enter. */
async function draw(page: Page, kind: string, points: readonly (readonly [number, number])[]): Promise<void> {
  await page.getByRole('toolbar', { name: 'Main actions' }).getByRole('button', { name: 'New pipeline' }).click()
  await page.getByRole('group', { name: 'New pipeline' }).getByLabel('Kind').selectOption(kind)
  for (const [x, y] of points) {
    const at = await inView(page, x, y)
    await page.mouse.move(at.x, at.y, { steps: 3 })
    await page.mouse.click(at.x, at.y)
  }
  await page.keyboard.press('Enter')
}

describe.skipIf(cannotBrowse !== null)('a planner in a real browser', () => {
  let host: WebHostProcess
  let app: AppInBrowser
  beforeAll(async () => {
    host = await startWebHost()
    app = await openApp({ host, viewport: VIEW })
  }, SLOW)
  afterAll(async () => {
    await app?.close()
    await host?.stop()
    host?.remove()
  })

  it('sees the sample city at the start, labelled synthetic, in the language of the browser', async () => {
    await ready(app.page)
    await app.page.locator('html[lang=en]').waitFor({ state: 'attached' })
    await app.page.getByText('Synthetic data').first().waitFor()
    await app.page.getByRole('tree', { name: 'Layers' }).getByRole('treeitem').nth(7).waitFor()
  }, SLOW)

  it('reads everything known of a line picked in the ledger', async () => {
    const { page } = app
    await page.getByText('Asset ledger', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Filter by id, kind or owner' }).fill('gas')
    const row = page.getByRole('grid', { name: 'Asset ledger' }).locator('[role=row][aria-selected]').first()
    const id = (await row.locator('[role=gridcell]').first().textContent())!
    await row.click()
    await page.getByRole('heading', { level: 2, name: new RegExp(id) }).waitFor()
    await page.getByText('Top of pipe').waitFor()
    await page.getByText('Findings', { exact: true }).first().click()
  }, SLOW)

  it('adds a scheme, draws a gas main through the streets, and sees what it would conflict with', async () => {
    const { page } = app
    await button(page, 'Add scheme').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Riverside gas')
    await page.keyboard.press('Enter')
    await schemes(page).filter({ hasText: 'Riverside gas' }).getByText('0 lines').waitFor()
    await draw(page, 'gas', [[0.25, 0.35], [0.5, 0.55], [0.75, 0.75]])
    await schemes(page).filter({ hasText: 'Riverside gas' }).getByText('1 line', { exact: true }).waitFor()
    await status(page).getByText('All edits stored').waitFor()
    await status(page).getByText('Results current').waitFor()
    await findings(page).first().waitFor()
  }, SLOW)

  it('opens a finding and reads one sentence with the figures and the clause', async () => {
    const { page } = app
    await findings(page).first().click()
    const card = page.getByRole('article')
    await card.waitFor()
    await card.locator('p').first().filter({ hasText: /\d\.\d{3} m/ }).waitFor()
    await button(page, /^Next finding/).click()
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })
  }, SLOW)

  it('puts the map in a window of its own, in the page\'s language and theme, and the presenter\'s screen beside a meeting', async () => {
    const { page } = app
    await page.keyboard.press('Escape')
    await page.keyboard.press('m')
    const [map] = await Promise.all([page.waitForEvent('popup'), button(page, 'Open in a window of its own').first().click()])
    await map.locator('canvas').waitFor()
    expect(await map.title()).toBe('Map · Underplan')
    expect(await map.locator('html').getAttribute('data-theme')).toBe(await page.locator('html').getAttribute('data-theme'))
    await map.close()
    await page.keyboard.press('m')
    await page.keyboard.press('F5')
    const [presenter] = await Promise.all([page.waitForEvent('popup'), button(page, 'Presenter\'s screen').click()])
    await presenter.getByText('1 / ').first().waitFor()
    await presenter.getByRole('button', { name: 'Next' }).click()
    // Both turn together, and what is typed is typed on the presenter's side.
    await page.getByRole('navigation').getByText('2 / ').waitFor()
    await presenter.getByPlaceholder('What is decided?').waitFor()
    expect(await page.getByPlaceholder('What is decided?').count()).toBe(0)
    await button(page, 'Leave').click()
    await presenter.waitForEvent('close', { timeout: 10_000 }).catch(() => expect(presenter.isClosed()).toBe(true))
    await ready(page)
  }, SLOW)

  it('sets two schemes side by side in the picture, with a line between them to be moved', async () => {
    const { page } = app
    await button(page, 'Compare schemes').first().click()
    await button(page, 'Swipe in 3D').click()
    const line = page.getByRole('slider', { name: 'Line between the two schemes' })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await moveSlider(line, 'ArrowRight', at => at > 50)
    await page.keyboard.press('Escape')
    await line.waitFor({ state: 'detached' })
  }, SLOW)

  it('draws on a slide, decides, and has the picture in the minutes', async () => {
    const { page } = app
    await page.keyboard.press('F5')
    const slide = page.getByPlaceholder('What is decided?')
    await page.keyboard.press('PageDown')
    await slide.waitFor()
    // The camera comes to rest on the scheme before anything can be drawn on it.
    await page.waitForTimeout(2500)
    const box = (await page.locator('canvas').first().boundingBox())!
    await page.keyboard.press('p')
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.3 * box.height)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.4 * box.height, { steps: 8 })
    await page.mouse.up()
    await page.locator('.ink__line').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await slide.fill('Expose by hand first')
    await page.keyboard.press('Enter')
    await button(page, 'Show the picture large').waitFor()
    await page.keyboard.press('PageUp')
    // A key of the desk that changes things does nothing here.
    await page.keyboard.press('e')
    expect(await page.locator('.scene-stage').getAttribute('data-interaction')).toBe('idle')
    for (let i = 0; i < 60 && !(await button(page, 'Minutes (HTML)').isVisible()); i++) await page.keyboard.press('PageDown')
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Minutes (HTML)').click()])
    const minutes = readFileSync(await download.path(), 'utf8')
    expect(minutes).toContain('Expose by hand first')
    expect(minutes).toMatch(/<img class="kept" src="data:image\/jpeg;base64,/)
    await button(page, 'Leave').click()
    await ready(page)
  }, SLOW)

  it('undoes and redoes', async () => {
    const { page } = app
    const row = schemes(page).filter({ hasText: 'Riverside gas' })
    await page.keyboard.press('Control+z')
    await row.getByText('0 lines').waitFor()
    await page.keyboard.press('Control+Shift+Z')
    await row.getByText('1 line', { exact: true }).waitFor()
  }, SLOW)

  it('saves, closes, and opens it again from the recent projects with everything in it', async () => {
    const { page } = app
    await page.keyboard.press('Control+s')
    await page.getByRole('textbox', { name: 'Name of the revision' }).fill('First draft')
    await page.keyboard.press('Enter')
    await page.getByText('Saved as revision “First draft”.').waitFor()
    await button(page, 'Menu').click()
    await page.getByRole('menuitem', { name: /Close project/ }).click()
    await page.getByRole('heading', { name: 'Recent projects' }).waitFor()
    await button(page, /Sample city\.gpkg/).first().click()
    await ready(page)
    await schemes(page).filter({ hasText: 'Riverside gas' }).getByText('1 line', { exact: true }).waitFor()
  }, SLOW)

  it('has Chinese and the light theme at once, and finds them again after a reload', async () => {
    const { page } = app
    await button(page, '中文').click()
    await page.getByText('全部编辑已存盘').waitFor()
    await page.locator('html[lang=zh-CN]').waitFor({ state: 'attached' })
    await page.locator('.dock-tab', { hasText: '管线台账' }).waitFor()
    await button(page, '切换深色与浅色').click()
    await page.locator('html[data-theme=light]').waitFor({ state: 'attached' })
    await page.reload()
    await page.getByText('全部编辑已存盘').waitFor()
    await page.locator('html[data-theme=light]').waitFor({ state: 'attached' })
  }, SLOW)

  it('ran without an error in the console', () => {
    expect(app.troubles).toEqual([])
  })
})

describe.skipIf(cannotBrowse !== null)('a host that is killed in the middle of work', () => {
  it('loses no acknowledged edit, and the app says what it recovered', async () => {
    const first = await startWebHost()
    const { dataFolder, workspace } = first
    let second: WebHostProcess | null = null
    try {
      const before = await openApp({ host: first, viewport: VIEW })
      await ready(before.page)
      await button(before.page, 'Add scheme').click()
      await before.page.getByRole('textbox', { name: 'Name' }).fill('Unsaved work')
      await before.page.keyboard.press('Enter')
      await draw(before.page, 'water', [[0.3, 0.4], [0.6, 0.6]])
      await schemes(before.page).filter({ hasText: 'Unsaved work' }).getByText('1 line', { exact: true }).waitFor()
      await status(before.page).getByText('All edits stored').waitFor()
      await first.stop('SIGKILL')
      await before.page.getByRole('alert').filter({ hasText: 'The connection to Underplan\'s host is lost.' }).waitFor()
      await before.close()

      second = await startWebHost({ dataFolder, workspace })
      const after = await openApp({ host: second, viewport: VIEW })
      await ready(after.page)
      await after.page.getByText('The last session ended unexpectedly.').waitFor()
      await schemes(after.page).filter({ hasText: 'Unsaved work' }).getByText('1 line', { exact: true }).waitFor()
      await after.close()
    } finally {
      await second?.stop()
      first.remove()
    }
  }, 2 * SLOW)
})
