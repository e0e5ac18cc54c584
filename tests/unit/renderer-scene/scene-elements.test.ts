import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as three from 'three'
import { describe, expect, it } from 'vitest'

const RENDERER = join(import.meta.dirname, '../../../renderer')
/** Written in pictures of HTML too. */
const NOT_OURS = ['line', 'path']

describe('elements of the scene', () => {
  it('are all registered where the canvas is made: the build leaves the rest of three out', () => {
    const written = new Set(globSync('{scene,tools}/**/*.tsx', { cwd: RENDERER }).flatMap(file => [...readFileSync(join(RENDERER, file), 'utf8').matchAll(/<([a-z]\w*)[ />]/g)].map(([, tag]) => tag!)))
    const ofThree = [...written].map(tag => tag[0]!.toUpperCase() + tag.slice(1)).filter(name => name in three && !NOT_OURS.includes(name.toLowerCase()))
    const [, registered] = /^extend\(\{ (.*) \}\)$/m.exec(readFileSync(join(RENDERER, 'scene/scene-stage.tsx'), 'utf8'))!
    expect(ofThree.sort()).toEqual(registered!.split(', ').sort())
  })
})
