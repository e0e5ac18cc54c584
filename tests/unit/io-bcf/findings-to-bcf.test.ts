import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { findingsToBcf, MAX_FINDING_TOPICS, type FindingsExport } from '#shared/io/bcf/findings-to-bcf.ts'
import { SIDE_COLOURS } from '#shared/io/bcf/plan-picture.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { ifcGuid, stableGuid } from '#shared/core/stable-guid.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { aFinding } from '../../builders/finding-builder.ts'

/** A gas main running east past a water main, 0.31 m apart, in a projected system. */
const EAST: Vec3 = [431_000, 3_270_000, 231.4]
const FINDING = aFinding({
  id: 'f1', a: ['gas-1', 'gas-2'], b: ['water 9'], at: { a: EAST, b: [EAST[0], EAST[1] + 0.71, EAST[2] - 0.2] },
  stretch: { from: [EAST[0] - 5, EAST[1], EAST[2]], to: [EAST[0] + 5, EAST[1], EAST[2]], fromChainageM: 0, toChainageM: 10 },
})
const COVER: Finding = { ...FINDING, id: 'f2', rule: 'cover', b: [] }

function request(findings: readonly Finding[], changes: Partial<FindingsExport> = {}): FindingsExport {
  return {
    findings, project: { id: 'p-1', name: '龙头寺' }, author: 'me@here', date: '2026-11-24T05:00:00Z', frame: 'EPSG:4546',
    textsOf: ({ rule }) => ({ title: `${rule} <b>`, sentence: '净距 0.31 m，应为 0.50 m', type: 'Clash', status: 'Open', labels: ['gas', 'water'] }),
    assetOf: id => ({ axis: [[EAST[0] - 20, EAST[1] + (id === 'water 9' ? 3 : 0), 0], [EAST[0] + 20, EAST[1] + (id === 'water 9' ? 3 : 0), 0]], widthM: 0.4 }),
    ...changes,
  }
}

const exportAs = (version: '2.1' | '3.0', findings: readonly Finding[] = [FINDING, COVER]) => readBcf(writeBcf(findingsToBcf(request(findings)), version).bytes)
const vector = (point: { x?: string | undefined; y?: string | undefined; z?: string | undefined } | undefined): Vec3 => [Number(point!.x), Number(point!.y), Number(point!.z)]
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

const PICTURE = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), ending: 'jpg' }

describe.each(['2.1', '3.0'] as const)('findings as topics of BCF %s', version => {
  it('a comment with a picture names a viewpoint of its own, which is that picture', () => {
    const said = [{ id: 'c1', date: '2026-11-25T08:00:00Z', author: 'li', text: '此处先人工探挖', picture: PICTURE }, { id: 'c2', date: '2026-11-25T09:00:00Z', author: 'wang', text: '同意' }]
    const texts = request([FINDING]).textsOf
    const { value: { topics: [commented], files }, notices: said2 } = readBcf(writeBcf(findingsToBcf(request([FINDING], { textsOf: finding => ({ ...texts(finding), comments: said }) })), version).bytes)
    expect(said2).toEqual([])
    const [, first, second] = commented!.comments!
    const shown = commented!.viewpoints!.find(({ guid }) => guid === first!.viewpointGuid)!
    expect(files.get(`${commented!.folder}/${shown.snapshot!}`)).toEqual(PICTURE.bytes)
    expect(shown.guid).not.toBe(commented!.comments![0]!.viewpointGuid)
    expect(second).not.toHaveProperty('viewpointGuid', expect.anything())
  })

  const { value, notices } = exportAs(version)
  const [topic, cover] = value.topics

  it('one for each, with title, sentence, labels and both sides selected and coloured', () => {
    expect(notices).toEqual([])
    expect(value.project).toMatchObject({ name: '龙头寺' })
    expect(topic).toMatchObject({ title: 'horizontal <b>', type: 'Clash', status: 'Open', labels: ['gas', 'water'], creationAuthor: 'me@here' })
    expect(topic!.comments).toMatchObject([{ text: '净距 0.31 m，应为 0.50 m', viewpointGuid: topic!.viewpoints![0]!.guid }])
    const { selection, colouring, visibility } = topic!.viewpoints![0]!.view!.components!
    expect(selection!.map(({ authoringToolId }) => authoringToolId)).toEqual(['gas-1', 'gas-2', 'water 9'])
    expect(colouring!.map(({ colour, components }) => [colour, components.length])).toEqual([[SIDE_COLOURS.a, 2], [SIDE_COLOURS.b, 1]])
    expect(visibility!.isDefault).toBe('true')
    for (const { ifcGuid: guid } of selection!) expect(guid).toMatch(/^[0-3][0-9A-Za-z_$]{21}$/)
    expect(cover!.viewpoints![0]!.view!.components!.colouring).toHaveLength(1)
  })

  it('the camera stands above and aside of the stretch and looks at the spot', () => {
    const [camera] = topic!.viewpoints![0]!.view!.cameras
    const [eye, direction, up] = [vector(camera!.viewPoint), vector(camera!.direction), vector(camera!.up)]
    const spot: Vec3 = [EAST[0], EAST[1] + 0.355, EAST[2] - 0.1]
    const sight: Vec3 = [spot[0] - eye[0], spot[1] - eye[1], spot[2] - eye[2]]
    const distance = Math.hypot(...sight)
    expect(dot(sight, direction) / distance).toBeCloseTo(1, 6)
    expect(Math.hypot(...direction)).toBeCloseTo(1, 5)
    expect(Math.hypot(...up)).toBeCloseTo(1, 5)
    expect(dot(direction, up)).toBeCloseTo(0, 5)
    expect(up[2]).toBeGreaterThan(0)
    expect(eye[2]).toBeGreaterThan(spot[2] + 1)
    expect(eye[1]).toBeLessThan(spot[1])
    expect(direction[0]).toBeCloseTo(0, 6)
    expect(distance).toBeLessThan(120)
  })

  it('a line spans the gap', () => {
    const [line] = topic!.viewpoints![0]!.view!.lines!
    expect([vector(line!.start), vector(line!.end)]).toEqual([FINDING.at.a, FINDING.at.b.map(v => Number(v.toFixed(6)))])
  })
})

describe('identity', () => {
  const guids = (findings: readonly Finding[], changes: Partial<FindingsExport> = {}) =>
    findingsToBcf(request(findings, changes)).topics.map(({ guid, comments, viewpoints }) => [guid, comments![0]!.guid, viewpoints![0]!.guid].join())

  it('a second export gives the same guids, whatever moved or was said meanwhile; another project or finding gives others', () => {
    const moved = { ...FINDING, found: 0.2, at: { a: EAST, b: EAST }, a: ['gas-1'] }
    expect(guids([COVER, moved]).reverse()).toEqual(guids([FINDING, COVER]))
    expect(new Set([...guids([FINDING, COVER]), ...guids([FINDING], { project: { id: 'p-2', name: '' } })]).size).toBe(3)
  })

  it('the same check gives the same bytes', () => {
    const bytes = () => Buffer.from(writeBcf(findingsToBcf(request([FINDING, COVER])), '2.1').bytes)
    expect(bytes().equals(bytes())).toBe(true)
  })

  it('guids are told apart by where one word ends and the next begins, and are well formed', () => {
    expect(stableGuid('ab', 'c')).not.toBe(stableGuid('a', 'bc'))
    const many = Array.from({ length: 20_000 }, (_, i) => stableGuid('underplan-finding', 'p', `f${i}`))
    expect(new Set(many).size).toBe(20_000)
    for (const guid of many.slice(0, 100)) expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('an IFC guid is the one buildingSMART gives for the same bits', () => {
    expect(ifcGuid('00000000-0000-0000-0000-000000000000')).toBe('0000000000000000000000')
    expect(ifcGuid('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('3$$$$$$$$$$$$$$$$$$$$$')
    expect(ifcGuid('7b7032cc-b822-417b-9aea-642906a29bd5')).toBe('1xS3BCk291UvhgP2a6eflL')
  })

  it('asks before more findings than an archive should hold', () => {
    expect(() => findingsToBcf(request(Array.from({ length: MAX_FINDING_TOPICS + 1 }, () => FINDING)))).toThrow(RangeError)
  })
})

it('the picture shows both sides where they lie, north up', () => {
  const { files, topics } = findingsToBcf(request([FINDING]))
  const png = files.get(`${topics[0]!.guid}/snapshot.png`)!
  const { width, height, at } = decode(png)
  expect([width, height]).toEqual([480, 360])
  // Shown are 10 m across: half a reach of 5 m; the water main lies 3 m north of the gas main.
  const scale = width / 10
  const middle = [width / 2, height / 2 + 0.355 * scale] as const
  expect(at(10, Math.round(middle[1]))).toBe(SIDE_COLOURS.a)
  expect(at(10, Math.round(middle[1] - 3 * scale))).toBe(SIDE_COLOURS.b)
  expect(at(10, 340)).toBe('FFFFFF')
})

/** Reads the one kind of PNG that is written: palette, eight bits, no filter. */
function decode(png: Uint8Array): { width: number; height: number; at: (x: number, y: number) => string } {
  const view = new DataView(png.buffer, png.byteOffset)
  const chunks = new Map<string, Uint8Array>()
  for (let i = 8; i < png.length; i += 12 + view.getUint32(i)) chunks.set(String.fromCharCode(...png.subarray(i + 4, i + 8)), png.subarray(i + 8, i + 8 + view.getUint32(i)))
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const rows = inflateSync(chunks.get('IDAT')!)
  const palette = chunks.get('PLTE')!
  const at = (x: number, y: number): string => {
    const index = rows[y * (width + 1) + 1 + x]!
    return [...palette.subarray(3 * index, 3 * index + 3)].map(byte => byte.toString(16).padStart(2, '0')).join('').toUpperCase()
  }
  return { width, height, at }
}
