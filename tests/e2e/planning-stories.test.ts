import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { cannotBrowse, openApp, type AppInBrowser } from './browser.ts'
import { moveSlider } from './slider.ts'

const VIEW = { width: 1440, height: 900 }
const SLOW = 240_000 // software GL draws the city frame by frame

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name })
const schemes = (page: Page): Locator => page.getByRole('list', { name: 'Schemes' }).getByRole('listitem')
const findings = (page: Page): Locator => page.getByRole('grid', { name: 'Findings' }).locator('[role=row][aria-selected]')

const tool = (page: Page, name: string): Promise<void> => page.getByRole('toolbar', { name: 'Main actions' }).getByRole('button', { name }).click()

async function addScheme(page: Page, name: string): Promise<void> {
  await button(page, 'Add scheme').click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await schemes(page).filter({ hasText: name }).waitFor()
}

/** Clicks points of the 3D view, given as shares of its width and height. */
async function clickIn(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  for (const [u, v] of points) {
    const box = (await page.locator('canvas').first().boundingBox())!
    await page.mouse.move(box.x + u * box.width, box.y + v * box.height, { steps: 3 })
    await page.mouse.click(box.x + u * box.width, box.y + v * box.height)
  }
}

const current = (page: Page): Promise<void> => page.getByRole('contentinfo').getByText('Results current').waitFor()

describe.skipIf(cannotBrowse !== null)('a planner from the first click to a scheme', () => {
  let app: AppInBrowser
  beforeAll(async () => {
    app = await openApp({ viewport: VIEW })
    await app.page.locator('canvas').first().waitFor()
    await app.page.getByText('All edits stored').waitFor()
  }, SLOW)
  afterAll(() => app?.close())

  it('lays a gas main through a crowded street: what was drawn conflicts, another way for it does not', async () => {
    const { page } = app
    await addScheme(page, 'Gas main')
    await tool(page, 'New pipeline')
    await page.getByRole('group', { name: 'New pipeline' }).getByLabel('Kind').selectOption('gas')
    await clickIn(page, [[0.05, 0.72], [0.47, 0.49], [0.7, 0.36]])
    await page.keyboard.press('Enter')
    await schemes(page).filter({ hasText: 'Gas main' }).getByText('1 line', { exact: true }).waitFor()
    await current(page)
    await findings(page).filter({ hasText: 'Mandatory · certain' }).first().waitFor()
    await button(page, 'Another way').click()
    await button(page, 'Take this route').waitFor({ timeout: SLOW })
    await button(page, 'Take this route').click()
    await page.locator('.planning-card').waitFor({ state: 'detached' })
    await current(page)
    await expect.poll(() => findings(page).filter({ hasText: 'Mandatory · certain' }).count(), { timeout: 60_000 }).toBe(0)
  }, 2 * SLOW)

  it('lays a gravity sewer: told that the ground rises, turns it round, and takes a line of few manholes', async () => {
    const { page } = app
    await addScheme(page, 'Deep sewer')
    await tool(page, 'Find route')
    await page.getByRole('group', { name: 'Find route' }).getByLabel('Kind').selectOption('sewer_foul')
    await clickIn(page, [[0.15, 0.62], [0.78, 0.36]])
    await page.keyboard.press('Enter')
    await page.getByText('The ground rises').waitFor({ timeout: SLOW })
    await button(page, 'Lay it the other way round').click()
    await button(page, 'Take this route').waitFor({ timeout: SLOW })
    await button(page, 'Take this route').click()
    await schemes(page).filter({ hasText: 'Deep sewer' }).getByText('1 line', { exact: true }).waitFor()
    await current(page)
    const vertices = Number(/\d+/.exec((await page.getByText(/^\d+ vertices$/).textContent())!)![0])
    expect(vertices).toBeLessThan(10)
  }, 2 * SLOW)

  it('digs a pit for a station box beside live lines, reads what it strikes, and diverts one', async () => {
    const { page } = app
    await addScheme(page, 'Station box')
    await tool(page, 'New excavation')
    await page.getByRole('group', { name: 'New excavation' }).locator('input.input--figure').first().fill('12')
    await page.keyboard.press('Tab')
    await clickIn(page, [[0.38, 0.62], [0.66, 0.5], [0.72, 0.62], [0.42, 0.78]])
    await page.keyboard.press('Enter')
    await schemes(page).filter({ hasText: 'Station box' }).getByText('1 excavation').waitFor()
    await current(page)
    await findings(page).filter({ hasText: 'Struck by a cut' }).first().waitFor()
    await button(page, 'Divert…').first().click()
    await page.getByRole('heading', { level: 2, name: /^Diversion of / }).waitFor()
    await schemes(page).filter({ hasText: 'Station box' }).getByText('1 line', { exact: false }).first().waitFor()
  }, 2 * SLOW)

  it('swipes one scheme against another in 3D', async () => {
    const { page } = app
    await button(page, /Scheme B/).last().click()
    await page.getByRole('menuitem', { name: /Swipe against/ }).click()
    const line = page.getByRole('slider', { name: 'Line between the two schemes' })
    await page.locator('[role=menu], dialog').waitFor({ state: 'detached' })
    await moveSlider(line, 'Home', at => at === 0)
    await moveSlider(line, 'ArrowRight', at => at > 0)
    await button(page, 'End the swipe').click()
    await line.waitFor({ state: 'detached' })
  }, SLOW)
})
