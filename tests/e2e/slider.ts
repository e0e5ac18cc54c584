import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Moves a slider by a key until it stands where `isThere` says. What closes (a menu, a dialog) gives the focus back in a turn
 * of its own, which on a slow machine falls between the slider's focus and the key: then the key is pressed again.
 */
export async function moveSlider(slider: Locator, key: string, isThere: (value: number) => boolean): Promise<void> {
  await expect.poll(async () => {
    await slider.press(key)
    return isThere(Number(await slider.getAttribute('aria-valuenow')))
  }, { timeout: 60_000 }).toBe(true)
}
