import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { contract } from '#shared/contract/contract.ts'

export type PreferenceValues = CallOutput<'preferences.get'>

const DEFAULTS: PreferenceValues = { language: null, theme: 'system', colours: 'standard', shade: 'auto', layout: null }

/** What the user set once for every project: one small JSON file, replaced atomically. */
export class Preferences {
  readonly #file: string
  readonly #listeners = new Set<(values: PreferenceValues) => void>()
  #values: PreferenceValues

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'preferences.json')
    this.#values = readValues(this.#file)
  }

  get(): PreferenceValues {
    return this.#values
  }

  /** Durable before it returns. Keys that are absent keep their value. */
  set(changes: CallInput<'preferences.set'>): PreferenceValues {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    this.#values = { ...this.#values, ...given }
    mkdirSync(dirname(this.#file), { recursive: true })
    const draft = `${this.#file}.new`
    writeFileSync(draft, `${JSON.stringify(this.#values, null, 2)}\n`, { flush: true })
    renameSync(draft, this.#file)
    for (const listener of this.#listeners) listener(this.#values)
    return this.#values
  }

  /** For what the host itself draws in the user's language or colours: menus, window background. */
  onChange(listener: (values: PreferenceValues) => void): void {
    this.#listeners.add(listener)
  }
}

/** Preferences are a convenience: a file that is missing or spoilt gives the defaults and is replaced by the next change. */
function readValues(file: string): PreferenceValues {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const parsed = contract['preferences.get'].output.safeParse({ ...DEFAULTS, ...(typeof stored === 'object' ? stored : {}) })
    return parsed.success ? parsed.data : DEFAULTS
  } catch {
    return DEFAULTS
  }
}
