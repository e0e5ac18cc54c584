import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const stateSchema = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(640).max(20_000), height: z.int().min(480).max(20_000), isMaximized: z.boolean() })
export type WindowState = z.infer<typeof stateSchema>

interface Area { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** At least this much of the title bar must be on a screen, or the window could not be dragged back. */
const GRIP_WIDTH = 120
const GRIP_HEIGHT = 30

/**
 * Where the window was when it was last closed.
 * @param screens Work areas of the screens there are now: a window that was on one that is gone starts afresh (null).
 */
export function readWindowState(file: string, screens: readonly Area[]): WindowState | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success && screens.some(screen => isReachable(parsed.data, screen)) ? parsed.data : null
  } catch {
    return null // the first start, or a file cut off
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(state))
}

function isReachable(window: Area, screen: Area): boolean {
  const left = Math.max(window.x, screen.x)
  const right = Math.min(window.x + window.width, screen.x + screen.width)
  return right - left >= GRIP_WIDTH && window.y >= screen.y - GRIP_HEIGHT / 2 && window.y + GRIP_HEIGHT <= screen.y + screen.height
}
