import { z } from 'zod'
import type { Database } from './database.ts'

const coordinate = z.number()
const SETTINGS = {
  /** Given once and kept by every copy; null in files made before there was one. */
  projectId: z.string().min(1).max(100).nullable(),
  /** `EPSG:…`; null for metres in a local frame. */
  crs: z.string().nullable(),
  /** Project-CRS coordinates of the local frame's zero; fixed once there are coordinates. */
  origin: z.tuple([coordinate, coordinate, coordinate]),
  /** [minX, minY, minZ, maxX, maxY, maxZ], project CRS; null while empty. */
  extent: z.tuple([coordinate, coordinate, coordinate, coordinate, coordinate, coordinate]).nullable(),
  synthetic: z.boolean(),
  packId: z.string(),
  /** Number the next scenario's id carries. */
  nextScenario: z.int(),
  /** Rows of assets that could not be used when the columns were built. */
  unusableAssets: z.int(),
} as const

export type Settings = { readonly [K in keyof typeof SETTINGS]: z.infer<(typeof SETTINGS)[K]> }
export type Extent = Settings['extent']

export const DEFAULT_PACK_ID = 'gb50289-2016'
const DEFAULTS: Settings = { projectId: null, crs: null, origin: [0, 0, 0], extent: null, synthetic: false, packId: DEFAULT_PACK_ID, nextScenario: 1, unusableAssets: 0 }

/** Settings as stored; a value that is missing or spoilt is the default. */
export function readSettings(db: Database): Settings {
  const stored = new Map(db.all('SELECT key, value_json FROM settings').map(row => [String(row['key']), String(row['value_json'])]))
  const entries = Object.entries(SETTINGS).map(([key, schema]) => {
    const text = stored.get(key)
    const parsed = text === undefined ? null : schema.safeParse(parsedJson(text))
    return [key, parsed?.success ? parsed.data : DEFAULTS[key as keyof Settings]]
  })
  return Object.fromEntries(entries) as Settings
}

export function writeSettings(db: Database, changes: Partial<Settings>): void {
  for (const [key, value] of Object.entries(changes)) {
    db.run('INSERT INTO settings (key, value_json) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value_json = ?2', key, JSON.stringify(value))
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
