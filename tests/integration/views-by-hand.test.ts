import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runImportTask, type TrialImport } from '#main/services/import/import-task.ts'
import { cutLine } from '#shared/profile/cut-line.ts'
import { cutWorld } from '#renderer/state/scheme/scheme-world.ts'
import { profileOf } from '#shared/profile/profile-model.ts'
import { sectionOf } from '#renderer/views/section/section-model.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { groundSampler } from '#shared/twin/ground.ts'

/** Figures of the long profile and the cross-section of real streets, against arithmetic on the source files alone. */
const DATA = new URL('../../../shared/data/', import.meta.url)
const DRAINAGE = 'ifc-infra-unit-test/DrainageSystem-1-1.xml'
const TIN = 'ifc-infra-unit-test/DrainageSystem-1-2.xml'
const GISWATER = 'giswater-example/'
const has = (path: string) => existsSync(new URL(path, DATA))

type Point = readonly [number, number]
const all = () => true

function imported(paths: readonly string[]) {
  const files = paths.map(path => ({ path: new URL(path, DATA).pathname, mappings: [] }))
  return (runImportTask({ do: 'import', files, crs: 'own', ground: null, assetIds: null, withRecords: true }, unattendedJob) as TrialImport).records!
}

function viewsOf(records: ReturnType<typeof imported>) {
  const columns = buildAssetColumns(records.assets, [0, 0, 0])
  return { world: cutWorld(columns, null), surface: records.grounds[0] ?? null, groundAt: records.grounds[0] ? groundSampler(records.grounds[0]) : () => null }
}

describe.skipIf(!has(DRAINAGE))('a street drain under its road (DrainageSystem-1)', () => {
  const text = readFileSync(new URL(DRAINAGE, DATA), 'latin1')
  const tin = readFileSync(new URL(TIN, DATA), 'latin1')
  const numbers = (words: string): number[] => words.trim().split(/\s+/).map(Number)

  /** As the file has it: both ends at the middles of their manholes (northing first) with the invert given there, outer diameter and wall. */
  function rawPipe(name: string) {
    const [, attributes, body] = new RegExp(`<Pipe name="${name}"([^>]*)>([\\s\\S]*?)</Pipe>`).exec(text)!
    const end = (which: 'Start' | 'End') => {
      const manhole = new RegExp(`ref${which}="([^"]*)"`).exec(attributes!)![1]
      const [, struct] = new RegExp(`<Struct name="${manhole}"[^>]*>([\\s\\S]*?)</Struct>`).exec(text)!
      const [north, east] = numbers(/<Center>([^<]*)</.exec(struct!)![1]!)
      const [, , invert] = numbers(new RegExp(`label="pipe${which}" value="([^"]*)"`).exec(body!)![1]!)
      return { east: east!, north: north!, invert: invert! }
    }
    const of = (name: string) => Number(new RegExp(`${name}="([\\d.]+)"`).exec(body!)![1])
    return { from: end('Start'), to: end('End'), diameterM: of('diameter'), wallM: of('thickness') }
  }
  const points = new Map([...tin.matchAll(/<P id="(\d+)">([^<]*)<\/P>/g)].map(([, id, words]) => [id!, numbers(words!)]))
  const faces = [...tin.matchAll(/<F[^>]*>([^<]*)<\/F>/g)].map(([, ids]) => ids!.trim().split(/\s+/).map(id => points.get(id)!))
  function rawGround(east: number, north: number): number {
    for (const [[n0, e0, z0], [n1, e1, z1], [n2, e2, z2]] of faces as [number[], number[], number[]][]) {
      const det = (n1! - n2!) * (e0! - e2!) + (e2! - e1!) * (n0! - n2!)
      const a = ((n1! - n2!) * (east - e2!) + (e2! - e1!) * (north - n2!)) / det
      const b = ((n2! - n0!) * (east - e2!) + (e0! - e2!) * (north - n2!)) / det
      if (a >= 0 && b >= 0 && a + b <= 1) return a * z0! + b * z1! + (1 - a - b) * z2!
    }
    throw new Error('no ground')
  }
  const { world, surface, groundAt } = viewsOf(imported([DRAINAGE, TIN]))

  it.each([2.5, 12.52, 21])('pipe 60 at chainage %d m: ground, crown, underside and cover', chainageM => {
    const { from, to, diameterM, wallM } = rawPipe('60')
    const lengthM = Math.hypot(to.east - from.east, to.north - from.north)
    const share = chainageM / lengthM
    const [east, north] = [from.east + share * (to.east - from.east), from.north + share * (to.north - from.north)]
    const undersideM = from.invert + share * (to.invert - from.invert) - wallM
    const groundM = rawGround(east, north)

    const line = cutLine(world, '60')!
    expect(line.lengthM).toBeCloseTo(lengthM, 6)
    const own = sectionOf(world, line, chainageM, 8, surface, groundAt, new Map(), all).cuts.find(cut => cut.isOwn)!
    expect(own.crownM).toBeCloseTo(undersideM + diameterM, 6)
    expect(own.shape.z - diameterM / 2).toBeCloseTo(undersideM, 6)
    expect(own.coverM).toBeCloseTo(groundM - undersideM - diameterM, 6)
    const ground = profileOf(world, line, surface, groundAt, new Map(), all).ground.find(stretch => stretch[0]![0] <= chainageM && stretch.at(-1)![0] >= chainageM)!
    const after = ground.findIndex(([s]) => s >= chainageM)
    const [[s0, z0], [s1, z1]] = [ground[Math.max(0, after - 1)]!, ground[after]!]
    expect(s1 === s0 ? z1 : z0 + ((z1 - z0) * (chainageM - s0)) / (s1 - s0)).toBeCloseTo(groundM, 6)
  })

  it('a metre before manhole 56: pipe 109 lies where its ends say, so far from pipe 54', () => {
    const [own, other] = [rawPipe('54'), rawPipe('109')]
    const [ownLength, otherLength] = [own, other].map(({ from, to }) => Math.hypot(to.east - from.east, to.north - from.north)) as [number, number]
    const ahead: Point = [(own.to.east - own.from.east) / ownLength, (own.to.north - own.from.north) / ownLength]
    const along: Point = [(other.to.east - other.from.east) / otherLength, (other.to.north - other.from.north) / otherLength]
    // The plane stands across pipe 54 a metre before its end; the other is followed from its start until it meets the plane.
    const back = ahead[0] * along[0] + ahead[1] * along[1]
    const [east, north] = [other.from.east - (own.to.east - ahead[0]), other.from.north - (own.to.north - ahead[1])]
    const reachM = -(east * ahead[0] + north * ahead[1]) / back
    const aside = ahead[1] * (east + reachM * along[0]) - ahead[0] * (north + reachM * along[1])
    const expectedGapM = Math.abs(aside) - own.diameterM / 2 - other.diameterM / 2 / Math.abs(back)

    const line = cutLine(world, '54')!
    const atManhole = line.axis.findIndex(point => Math.hypot(point[0] - own.to.east, point[1] - own.to.north) < 1e-3)
    const section = sectionOf(world, line, line.chainages[atManhole]! + (atManhole === 0 ? 1 : -1), 8, surface, groundAt, new Map(), all)
    const found = section.spacings.find(({ left, right }) => [left, right].some(cut => cut.isOwn) && [left, right].some(cut => cut.item.id === '109'))!
    expect(Math.abs(section.cuts.find(cut => cut.item.id === '109')!.shape.u)).toBeCloseTo(Math.abs(aside), 6)
    // The other falls 5 %: its oblique section is a hair wider than that of a level pipe.
    expect(Math.abs(found.gapM - expectedGapM)).toBeLessThan(0.004)
  })
})

describe.skipIf(!has(GISWATER))('sewers and water mains of the same streets (Giswater)', () => {
  const raw = (layer: string) => new Map((JSON.parse(readFileSync(new URL(`${GISWATER}${layer}.geojson`, DATA), 'utf8')) as { features: { properties: { arc_id: string }; geometry: { coordinates: Point[] } }[] }).features
    .map(({ properties, geometry }) => [properties.arc_id, geometry.coordinates]))
  const records = imported(readdirSync(new URL(GISWATER, DATA)).filter(name => /_arcs\.geojson$/.test(name)).map(name => GISWATER + name))
  const { world } = viewsOf(records)

  it('the three cleanest crossings stand in the profile where the plan says, with the gap their levels give', () => {
    const [sewers, mains] = [raw('ud_arcs'), raw('ws_arcs')]
    const levels = new Map(records.assets.map(asset => [asset.id, asset]))
    const crossings = [...sewers].flatMap(([sewerId, sewer]) => [...mains].flatMap(([mainId, main]) => {
      const met = sewer.length === 2 && main.length === 2 ? crossingOf(sewer as [Point, Point], main as [Point, Point]) : null
      return met ? [{ sewerId, mainId, ...met }] : []
    })).filter(({ s, t, sine }) => sine > 0.9 && s > 0.1 && s < 0.9 && t > 0.1 && t < 0.9).sort((p, q) => q.sine - p.sine || (p.sewerId < q.sewerId ? -1 : 1))
    const found = crossings.slice(0, 3).map(({ sewerId, mainId, s, t, sine }) => {
      const [sewer, main] = [levels.get(sewerId)!, levels.get(mainId)!]
      const at = (asset: typeof sewer, share: number) => asset.axis[0]![2] + share * (asset.axis.at(-1)![2] - asset.axis[0]![2])
      const [halfA, halfB] = [sewer, main].map(({ section }) => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2) as [number, number]
      const [widthA, widthB] = [sewer, main].map(({ section }) => (section.shape === 'circle' ? section.diameterM : section.widthM) / 2) as [number, number]
      const slope = (asset: typeof sewer) => Math.abs(asset.axis.at(-1)![2] - asset.axis[0]![2]) / Math.hypot(asset.axis.at(-1)![0] - asset.axis[0]![0], asset.axis.at(-1)![1] - asset.axis[0]![1])
      const gapM = Math.abs(at(sewer, s) - at(main, t)) - halfA - halfB
      const line = cutLine(world, sewerId)!
      const here: Point = [sewers.get(sewerId)![0]![0] + s * (sewers.get(sewerId)![1]![0] - sewers.get(sewerId)![0]![0]), sewers.get(sewerId)![0]![1] + s * (sewers.get(sewerId)![1]![1] - sewers.get(sewerId)![0]![1])]
      const crossing = profileOf(world, line, null, () => null, new Map(), all).crossings.find(({ item }) => item.id === mainId)!
      const segment = line.axis.findIndex((_, i) => line.chainages[i + 1]! >= crossing.chainageM)
      const share = (crossing.chainageM - line.chainages[segment]!) / (line.chainages[segment + 1]! - line.chainages[segment]!)
      const [a, b] = [line.axis[segment]!, line.axis[segment + 1]!]
      expect(Math.hypot(a[0] + share * (b[0] - a[0]) - here[0], a[1] + share * (b[1] - a[1]) - here[1])).toBeLessThan(1e-3)
      // Beside the crossing point itself sloping lines come nearer by no more than they fall within each other's width.
      expect(crossing.gapM).toBeLessThanOrEqual(gapM + 1e-6)
      expect(gapM - crossing.gapM).toBeLessThanOrEqual(((widthA + widthB) / sine) * (slope(sewer) + slope(main)) + 1e-6)
      return [sewerId, mainId]
    })
    expect(found).toHaveLength(3)
  })
})

/** Shares along both at which two lines cross in plan, and the sine of their angle. */
function crossingOf([a, b]: [Point, Point], [c, d]: [Point, Point]): { readonly s: number; readonly t: number; readonly sine: number } | null {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const det = ux * vy - uy * vx
  if (det === 0) return null
  const s = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / det
  const t = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / det
  return s > 0 && s < 1 && t > 0 && t < 1 ? { s, t, sine: Math.abs(det) / (Math.hypot(ux, uy) * Math.hypot(vx, vy)) } : null
}
