import { nodesOf } from '../../network/topology.ts'
import { assetId } from '../../twin/asset-columns.ts'
import { chicagoDepthsMm } from '../design-storm.ts'
import type { Catchment, OverflowAnswer } from './overflow.ts'
import type { StormCourse } from './unit-hydrograph.ts'

/**
 * Routing that keeps its water in a city of short steep drains (house drains of a metre, falls of one in three): one
 * second at most, half the Courant step, short drains lengthened to it, inertia damped in full. At five fixed seconds SWMM
 * 5.2.2 made seven times the water that fell on the sample city; at two it kept it, but flooded manholes in spikes of a
 * second. So the balance closes to a fiftieth of a percent, and every manhole it floods by more than a cubic metre is one the screening
 * floods. It takes twice the time.
 */
const ROUTING = ['ROUTING_STEP 1', 'VARIABLE_STEP 0.5', 'MINIMUM_STEP 0.2', 'LENGTHENING_STEP 1', 'MAX_TRIALS 8', 'INERTIAL_DAMPING FULL', 'NORMAL_FLOW_LIMITED BOTH'] as const
/** Depths of the storm are written per five minutes. */
const RAIN_STEP_MIN = 5
/** Width of overland flow per root of area, surface roughness: SWMM's own usual figures, for a first run. */
const PERVIOUS = { slopePercent: 1, nImpervious: 0.013, nPervious: 0.15, storeImperviousMm: 1.5, storePerviousMm: 5 } as const

/** Less than this beside the drawn catchments is rounding. */
const LEAST_AREA_M2 = 0.01

/** A SWMM 5 input file, and what is called what in it. */
export interface SwmmModel {
  readonly text: string
  /** By place of the topology. */
  readonly nodeNames: ReadonlyMap<number, string>
  /** In the order of the graph's drains. */
  readonly linkNames: readonly string[]
}

/**
 * The drains, catchments and design storm of an overflow answer as a SWMM 5 model in metres and cubic metres per second,
 * dynamic wave. The share of a catchment that runs off is taken as impervious, the rest as losing everything; subcatchments
 * of a model keep the impervious share, width and slope it gives them.
 * Ids are those of manholes and drains, blanks replaced; a second drain of an asset is ID#2.
 */
export function swmmModel(answer: OverflowAnswer, storm: StormCourse): SwmmModel {
  const { graph } = answer
  const { topology, outfalls } = graph
  const [ox, oy, oz] = topology.columns.origin
  const names = placeNames(answer)
  const figure = (value: number, digits = 3) => value.toFixed(digits)
  const places = [...new Set(graph.drains.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const invertM = new Map<number, number>()
  for (const { from, to, upInvertM, downInvertM } of graph.drains) {
    invertM.set(from, Math.min(invertM.get(from) ?? Infinity, upInvertM))
    invertM.set(to, Math.min(invertM.get(to) ?? Infinity, downInvertM))
  }
  const isOut = (place: number) => outfalls.has(place) || !graph.out.has(place)
  // SWMM lets one link alone end at an outfall and none leave it: where more meet, a short wide one leads on to an outfall of its own.
  const isSingle = (place: number) => (graph.into.get(place)?.length ?? 0) === 1 && !graph.out.has(place)
  const endsMin = storm.durationMin + 120
  const sections: Record<string, string[]> = {
    TITLE: ['Underplan overflow screening: design storm over Thiessen or drawn catchments'],
    OPTIONS: [
      'FLOW_UNITS CMS', 'INFILTRATION HORTON', 'FLOW_ROUTING DYNWAVE', 'LINK_OFFSETS ELEVATION', 'START_DATE 01/01/2024', 'START_TIME 00:00:00', `END_DATE 01/0${1 + Math.floor(endsMin / 1440)}/2024`,
      `END_TIME ${clock(endsMin % 1440)}`, 'REPORT_STEP 00:01:00', 'WET_STEP 00:01:00', 'DRY_STEP 00:05:00', ...ROUTING, 'ALLOW_PONDING NO',
    ],
    RAINGAGES: [`STORM VOLUME ${clock(RAIN_STEP_MIN).slice(0, 5)} 1.0 TIMESERIES STORM`],
    SUBCATCHMENTS: [], SUBAREAS: [], INFILTRATION: [], JUNCTIONS: [], OUTFALLS: [], CONDUITS: [], XSECTIONS: [], TIMESERIES: [], MAP: ['UNITS Meters'], COORDINATES: [], POLYGONS: [],
  }
  const drawnAt = Map.groupBy(answer.drawn, ({ place }) => place)
  const taken = new Set<string>()
  const rainOn = (mine: string, node: string, areaM2: number, imperviousPercent: number, { widthM = Math.sqrt(areaM2), slopePercent = PERVIOUS.slopePercent }: NonNullable<Catchment['model']> = {}): void => {
    sections['SUBCATCHMENTS']!.push(`${mine} STORM ${node} ${figure(areaM2 / 10_000, 5)} ${figure(imperviousPercent, 1)} ${figure(widthM, 2)} ${slopePercent} 0`)
    sections['SUBAREAS']!.push(`${mine} ${PERVIOUS.nImpervious} ${PERVIOUS.nPervious} ${PERVIOUS.storeImperviousMm} ${PERVIOUS.storePerviousMm} 25 OUTLET`)
    sections['INFILTRATION']!.push(`${mine} 500 500 4 7 0`)
  }
  for (const place of places) {
    const [name, bottom] = [names.get(place)!, invertM.get(place)! + oz]
    const ground = graph.groundM.get(place)
    if (isOut(place) && isSingle(place)) sections['OUTFALLS']!.push(`${name} ${figure(bottom)} FREE NO`)
    else sections['JUNCTIONS']!.push(`${name} ${figure(bottom)} ${figure(ground === undefined ? 0 : Math.max(0, ground + oz - bottom))} 0 0 0`)
    sections['COORDINATES']!.push(`${name} ${figure(topology.placeXyz[3 * place]! + ox)} ${figure(topology.placeXyz[3 * place + 1]! + oy)}`)
    if (isOut(place) && !isSingle(place)) {
      const widthM = (graph.into.get(place) ?? []).reduce((sum, { inside }) => sum + inside.widthM, 1)
      sections['OUTFALLS']!.push(`${name}_OUT ${figure(bottom - 0.05)} FREE NO`)
      sections['CONDUITS']!.push(`${name}_OUT ${name} ${name}_OUT 5 0.01 ${figure(bottom)} ${figure(bottom - 0.05)} 0 0`)
      sections['XSECTIONS']!.push(`${name}_OUT RECT_CLOSED 2 ${figure(widthM)} 0 0 1`)
    }
    const own = drawnAt.get(place) ?? []
    // What is drawn stands by itself; the rest of the place's ground is one more.
    const areaM2 = (answer.areaM2.get(place) ?? 0) - own.reduce((sum, { catchment }) => sum + catchment.areaM2, 0)
    const effectiveHa = (answer.effectiveHa.get(place) ?? 0) - own.reduce((sum, { ha }) => sum + ha, 0)
    if (!isOut(place) && areaM2 > LEAST_AREA_M2) rainOn(freeName(`S_${name}`, taken), name, areaM2, (1_000_000 * effectiveHa) / areaM2)
    for (const { catchment: { id, ring, areaM2: area, model }, ha } of own) {
      const mine = freeName(model ? safe(id) : `S_${name}`, taken)
      rainOn(mine, name, area, model?.imperviousPercent ?? (1_000_000 * ha) / area, model)
      for (let i = 0; i < ring.length; i += 2) sections['POLYGONS']!.push(`${mine} ${figure(ring[i]! + ox)} ${figure(ring[i + 1]! + oy)}`)
    }
  }
  const linkNames: string[] = []
  const count = new Map<number, number>()
  for (const drain of graph.drains) {
    const nth = (count.get(drain.asset) ?? 0) + 1
    count.set(drain.asset, nth)
    const name = `${safe(assetId(topology.columns, drain.asset))}${nth === 1 ? '' : `#${nth}`}`
    linkNames.push(name)
    const { shape, widthM, heightM } = drain.inside
    sections['CONDUITS']!.push(`${name} ${names.get(drain.from)!} ${names.get(drain.to)!} ${figure(Math.max(drain.lengthM, 0.01))} ${answer.roughnessOf(drain)} ${figure(drain.upInvertM + oz)} ${figure(drain.downInvertM + oz)} 0 0`)
    sections['XSECTIONS']!.push(shape === 'circle' ? `${name} CIRCULAR ${figure(heightM)} 0 0 0 1` : `${name} RECT_CLOSED ${figure(heightM)} ${figure(widthM)} 0 0 1`)
  }
  chicagoDepthsMm(storm.formula, storm.returnYears, storm.durationMin, RAIN_STEP_MIN, storm.peakShare).forEach((mm, k) => sections['TIMESERIES']!.push(`STORM ${clock(k * RAIN_STEP_MIN).slice(0, 5)} ${figure(mm, 4)}`))
  const text = `${Object.entries(sections).map(([name, rows]) => [`[${name}]`, ...rows, ''].join('\n')).join('\n')}\n`
  return { text, nodeNames: names, linkNames }
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.round(minutes % 60)).padStart(2, '0')}:00`

const safe = (id: string): string => id.replaceAll(/[\s;"[\]]/g, '_')

function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let n = 2; taken.has(free.toUpperCase()); n++) free = `${name}_${n}`
  taken.add(free.toUpperCase())
  return free
}

/** A manhole's id, or `P` and the number of the place; a name twice gets its place's number too. */
function placeNames({ graph: { topology, drains } }: OverflowAnswer): Map<number, string> {
  const names = new Map<number, string>()
  const taken = new Set<string>()
  for (const place of new Set(drains.flatMap(({ from, to }) => [from, to]))) {
    const id = nodesOf(topology, place)[0]?.id
    const name = id === undefined || taken.has(safe(id).toUpperCase()) ? `P${place}` : safe(id)
    taken.add(name.toUpperCase())
    names.set(place, name)
  }
  return names
}
