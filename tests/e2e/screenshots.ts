/**
 * Makes the README's pictures from the built app: `npm run screenshots` (needs an installed Chromium).
 * The sample city comes from its seed, so the same pictures come out each time.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { cannotBrowse, openApp } from './browser.ts'

const FOLDER = join(import.meta.dirname, '../../assets/screenshots')
const SETTLED_MS = 6000

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLED_MS)
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 82, timeout: 120_000 })
  console.log(name)
}

/** A click in the middle of the shares of the 3D view. */
async function clickView(page: Page, u: number, v: number): Promise<void> {
  const box = (await page.locator('canvas').first().boundingBox())!
  await page.mouse.move(box.x + u * box.width, box.y + v * box.height, { steps: 6 })
  await page.mouse.click(box.x + u * box.width, box.y + v * box.height)
}

if (cannotBrowse !== null) throw new Error(cannotBrowse)
mkdirSync(FOLDER, { recursive: true })

const dark = await openApp({ viewport: { width: 1440, height: 900 } })
await dark.page.locator('canvas').first().waitFor()
await shoot(dark.page, 'sample-city')
await dark.page.getByRole('grid', { name: 'Findings' }).locator('[role=row][aria-selected]').first().click()
await shoot(dark.page, 'finding')
await dark.page.keyboard.press('l')
await dark.page.waitForTimeout(1000)
await dark.page.keyboard.press('x')
await shoot(dark.page, 'profile')
await dark.close()

const drawing = await openApp({ viewport: { width: 1440, height: 900 } })
await drawing.page.locator('canvas').first().waitFor()
await drawing.page.waitForTimeout(SETTLED_MS)
await drawing.page.getByRole('toolbar', { name: 'Main actions' }).getByRole('button', { name: 'New pipeline' }).click()
await clickView(drawing.page, 0.42, 0.66)
await clickView(drawing.page, 0.6, 0.56)
const box = (await drawing.page.locator('canvas').first().boundingBox())!
await drawing.page.mouse.move(box.x + 0.75 * box.width, box.y + 0.5 * box.height, { steps: 6 })
await shoot(drawing.page, 'drawing')
await drawing.close()

const light = await openApp({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', colorScheme: 'light' })
await light.page.locator('canvas').first().waitFor()
await shoot(light.page, 'sample-city-zh')
await light.close()
