import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const at = (tree: unknown, path: string): unknown => path.split('.').reduce((node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined), tree)

describe.each(['en', 'zh-CN'])('actions in %s', language => {
  it('have a label each', () => {
    const ids = [...read('renderer/actions/app-actions.ts').matchAll(/define\('([\w.]+)'/g)].map(([, id]) => id!)
    const catalogue: unknown = JSON.parse(read(`assets/locales/${language}/app.json`))
    expect(ids.length).toBeGreaterThan(50)
    expect(ids.filter(id => typeof at(catalogue, `action.${id}`) !== 'string')).toEqual([])
  })
})
