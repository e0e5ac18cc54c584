import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { readSubject } from '#main/cli/commands/analyse/subject.ts'
import { loadMessages } from '#main/services/messages.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { subjectTopology } from '#shared/hazards/analysis/subject.ts'
import { computeOverflow } from '#shared/hazards/analysis/overflow-method.ts'
import { ownStorm } from '#shared/hazards/design-storm.ts'
import { OVERFLOW_DEFAULTS } from '#shared/hazards/overflow/overflow.ts'
import { swmmModel } from '#shared/hazards/overflow/swmm-model.ts'
import { readSource } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'
import { drainGraph, type Drain, type DrainGraph } from '#shared/hazards/overflow/drain-graph.ts'
import { gradeLine } from '#shared/hazards/overflow/grade-line.ts'
import { routeFlows, type PeakFlows } from '#shared/hazards/overflow/route-flows.ts'
import { gravityFlow } from '#shared/network/gravity-flow.ts'
import { nodesOf } from '#shared/network/topology.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'

const DATA = join(import.meta.dirname, '../../../shared/data/swmmio')
const CFS_M3S = 0.028316846592

/** Rows of a table of a SWMM report, split at blanks: they follow one rule or, where the heading stands between rules, two. */
function tableIn(report: string, title: string, rulesAbove: 1 | 2 = 2): string[][] {
  const rows: string[][] = []
  let rules = 0
  for (const line of report.slice(report.indexOf(title)).split(/\r?\n/).slice(2)) {
    if (/^\s*-{5,}/.test(line)) rules++
    else if (rules === rulesAbove && line.trim() === '') return rows
    else if (rules === 0 && line.startsWith('  No nodes')) return rows
    else if (rules === rulesAbove) rows.push(line.trim().split(/\s+/))
  }
  return rows
}

interface Compared {
  readonly graph: DrainGraph
  readonly flows: PeakFlows
  readonly roughnessOf: (drain: Drain) => number
  readonly idOf: (drain: Drain) => string
  readonly report: string
}

/** The model's drains with the report's greatest lateral inflows put in where they came in. */
async function compare(model: string, reportFile: string): Promise<Compared> {
  const subject = await readSubject(join(DATA, model), null, unattendedJob, {} as CliIo, await loadMessages('en'))
  const topology = subjectTopology(subject, [...GRAVITY_KINDS], unattendedJob)
  const graph = drainGraph(topology, gravityFlow(topology), GRAVITY_KINDS, null)
  const report = readFileSync(join(DATA, reportFile), 'latin1')
  const inflow = new Map(tableIn(report, 'Node Inflow Summary').map(row => [row[0], Number(row[2]) * CFS_M3S]))
  const steady = new Map<number, number>()
  topology.nodes.forEach((node, n) => {
    const place = topology.nodePlace[n]!
    if (place >= 0) steady.set(place, (steady.get(place) ?? 0) + (inflow.get(node.id) ?? 0))
  })
  const roughnessOf = (drain: Drain) => Number(subject.attributesOf(drain.asset)?.['roughness'] ?? 0.013)
  return { graph, flows: routeFlows(graph, roughnessOf, null, steady), roughnessOf, idOf: drain => subject.ids[drain.asset]!, report }
}

describe.skipIf(!existsSync(DATA)).each([['Example1.inp', 'Example1.rpt', 1], ['Example1.inp', 'owa-rpt-example.rpt', 0]])('%s against %s (SWMM, kinematic wave)', (model, reportFile, floodedCount) => {
  let compared: Compared
  beforeAll(async () => {
    compared = await compare(model, reportFile)
  })
  const links = () => new Map(tableIn(compared.report, 'Link Flow Summary').map(row => [row[0], { flowM3s: Number(row[2]) * CFS_M3S, ofFull: Number(row[6]) }]))
  /** Drains below one that is overloaded: SWMM lets only the capacity through, the screening all of it. */
  const belowOverload = () => {
    const { graph, flows } = compared
    const below = new Set<number>()
    for (const place of graph.order) {
      const isCut = (graph.into.get(place) ?? []).some(drain => below.has(graph.drains.indexOf(drain)) || flows.flowM3s[graph.drains.indexOf(drain)]! > flows.fullM3s[graph.drains.indexOf(drain)]!)
      if (isCut) for (const drain of graph.out.get(place) ?? []) below.add(graph.drains.indexOf(drain))
    }
    return below
  }

  it('full flows are those that max flow and its share of full flow give, to the rounding of the share', () => {
    compared.graph.drains.forEach((drain, d) => {
      const { flowM3s, ofFull } = links().get(compared.idOf(drain))!
      const [low, high] = [(flowM3s - 0.005 * CFS_M3S) / (ofFull + 0.005), (flowM3s + 0.005 * CFS_M3S) / (ofFull - 0.005)]
      expect(compared.flows.fullM3s[d]).toBeGreaterThan(low)
      expect(compared.flows.fullM3s[d]).toBeLessThan(high)
    })
  })

  it('peak flows agree within 1.5 % above any overload', () => {
    const below = belowOverload()
    let count = 0
    compared.graph.drains.forEach((drain, d) => {
      const ours = compared.flows.flowM3s[d]!
      if (below.has(d) || ours > compared.flows.fullM3s[d]!) return
      count++
      expect(Math.abs(ours / links().get(compared.idOf(drain))!.flowM3s - 1)).toBeLessThan(0.015)
    })
    expect(count).toBe(7)
  })

  it('in one line', () => {
    const below = belowOverload()
    const ratios = compared.graph.drains.map((drain, d) => compared.flows.flowM3s[d]! / links().get(compared.idOf(drain))!.flowM3s)
    const above = ratios.flatMap((ratio, d) => (below.has(d) || compared.flows.flowM3s[d]! > compared.flows.fullM3s[d]! ? [] : [Math.abs(ratio - 1)]))
    const under = [...below].map(d => ratios[d]!)
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`
    console.info(`SWMM comparison | ${model} / ${reportFile} | ${ratios.length} drains | peaks above any overload: ${above.length}, max ${percent(Math.max(...above))} | below one: ${under.length}, ratio ${Math.min(...under).toFixed(2)} … ${Math.max(...under).toFixed(2)}`)
    expect(above.length + under.length).toBeLessThanOrEqual(ratios.length)
    expect(Math.max(...under)).toBeLessThan(2)
  })

  it('below an overload the screening carries more, never less: it does not let water out', () => {
    for (const d of belowOverload()) expect(compared.flows.flowM3s[d]).toBeGreaterThan(links().get(compared.idOf(compared.graph.drains[d]!))!.flowM3s)
  })

  it('the ground over every manhole is the floor and the depth that the model states', () => {
    const { graph } = compared
    const { topology } = graph
    const stated = new Map(readFileSync(join(DATA, model), 'latin1').split(/^\[JUNCTIONS\]/m)[1]!.split(/^\[/m)[0]!.split(/\r?\n/)
      .map(line => line.trim().split(/\s+/)).filter(([id]) => id && !id.startsWith(';')).map(([id, floor, depth]) => [id!, (Number(floor) + Number(depth)) * 0.3048] as const))
    const inlets = [...graph.out.keys()].map(place => ({ id: nodesOf(topology, place)[0]!.id, groundM: graph.groundM.get(place)! + topology.columns.origin[2] }))
    expect(inlets).toHaveLength(stated.size)
    for (const { id, groundM } of inlets) expect(groundM, id).toBeCloseTo(stated.get(id)!, 6)
    expect(graph.issues.map(({ code }) => code)).not.toContain('rim_unknown')
  })

  it('the manholes SWMM floods are among those the walk floods', () => {
    const levels = gradeLine(compared.graph, compared.flows, compared.roughnessOf, null)
    const flagged = new Set([...levels].filter(([, level]) => level.flooded).flatMap(([place]) => nodesOf(compared.graph.topology, place).map(node => node.id)))
    const flooded = tableIn(compared.report, 'Node Flooding Summary').map(row => row[0]!)
    expect(flooded).toHaveLength(floodedCount)
    for (const node of flooded) expect(flagged).toContain(node)
  })
})

describe.skipIf(!existsSync(DATA))('model_full_features_network.inp against its report (SWMM, dynamic wave)', () => {
  it('full flows agree with the cross-section table within a hundredth of a cubic foot a second, but for the drain whose slope SWMM changes', async () => {
    const { graph, flows, idOf, report } = await compare('model_full_features_network.inp', 'model_full_features_network.rpt')
    const full = new Map(tableIn(report, 'Cross Section Summary', 1).map(row => [row[0], Number(row[7])]))
    const slopes = new Map(tableIn(report, 'Link Summary', 1).map(row => [row[0], Number(row[5]) / 100]))
    let [count, worst] = [0, 0]
    graph.drains.forEach((drain, d) => {
      const expected = full.get(idOf(drain))
      // Where the report's slope is another, so is its flow.
      if (expected === undefined || Math.abs((slopes.get(idOf(drain)) ?? NaN) - drain.slopeRatio) > 0.01 * drain.slopeRatio) return
      count++
      worst = Math.max(worst, Math.abs(flows.fullM3s[d]! / CFS_M3S - expected))
      expect(Math.abs(flows.fullM3s[d]! / CFS_M3S - expected)).toBeLessThan(0.012)
    })
    console.info(`SWMM comparison | model_full_features_network | full flow of ${count} of ${graph.drains.length} drains | max ${worst.toFixed(4)} ft³/s (printed to 0.01)`)
    expect(count).toBeGreaterThanOrEqual(5)
  })
})

describe.skipIf(!existsSync(DATA))('the subcatchments of Example1.inp', () => {
  /** The rain of its hourly series at its height, 0.8 in/h, standing still: what an hour of it comes to. */
  const RAIN_LSHA = (0.8 * 25.4) / 0.36
  const steady = { ...OVERFLOW_DEFAULTS, formula: ownStorm(RAIN_LSHA, 0, 0, 1e-12), returnYears: [1], tailwaterM: null, dryFlowLs: 0 }
  const rowsOf = (model: string) => model.split(/^\[SUBCATCHMENTS\]/m)[1]!.split(/^\[/m)[0]!.split(/\r?\n/).map(line => line.trim().split(/\s+/)).filter(([id]) => id && !id.startsWith(';'))
  const read = async () => readSubject(join(DATA, 'Example1.inp'), null, unattendedJob, {} as CliIo, await loadMessages('en'))

  it('are what is drained, each to its node and nothing beside them', async () => {
    const answer = computeOverflow(await read(), steady, unattendedJob)
    const rows = rowsOf(readFileSync(join(DATA, 'Example1.inp'), 'latin1'))
    const acres = new Map<string, number>()
    for (const [, , node, area] of rows) acres.set(node!, (acres.get(node!) ?? 0) + Number(area))
    const ours = new Map([...answer.areaM2].map(([place, areaM2]) => [nodesOf(answer.graph.topology, place)[0]!.id, areaM2 / 4046.8564224]))
    // The eighth drains to the outfall itself: it loads no drain.
    expect([acres.delete('18'), ours.size]).toEqual([true, acres.size])
    for (const [node, area] of acres) expect(ours.get(node), node).toBeCloseTo(area, 9)
    expect(answer.issues.map(({ code }) => code)).not.toContain('inlet_missing')
  })

  it('run off what the reference report says to a twelfth where half is paved, and more where a tenth is', async () => {
    const { drawn } = computeOverflow(await read(), steady, unattendedJob)
    const report = new Map(tableIn(readFileSync(join(DATA, 'Example1.rpt'), 'latin1'), 'Subcatchment Runoff Summary').map(row => [row[0]!, { cfs: Number(row[7]), coefficient: Number(row[8]) }]))
    expect(drawn).toHaveLength(report.size)
    for (const { catchment: { id, areaM2, model }, ha } of drawn) {
      const { cfs, coefficient } = report.get(id)!
      const [peak, share] = [(ha * RAIN_LSHA) / 1000 / CFS_M3S / cfs, (ha * 10_000) / areaM2 / coefficient]
      console.info(`SWMM comparison | Example1 subcatchment ${id}, ${model!.imperviousPercent} % paved | runoff coefficient ${((ha * 10_000) / areaM2).toFixed(3)} / ${coefficient} = ${share.toFixed(2)} | peak ${(peak * cfs).toFixed(2)} / ${cfs} ft³/s = ${peak.toFixed(2)}`)
      expect(share).toBeGreaterThan(0.92)
      expect(share).toBeLessThan(model!.imperviousPercent === 50 ? 1.01 : 1.6)
      expect(peak).toBeGreaterThan(0.85)
      expect(peak).toBeLessThan(model!.imperviousPercent === 50 ? 1.01 : 1.5)
    }
  })

  it('are written into a model as they were read', async () => {
    const { catchments } = await read()
    const answer = computeOverflow(await read(), steady, unattendedJob)
    const { text } = swmmModel(answer, { formula: steady.formula, returnYears: 1, durationMin: 60, peakShare: 0.4 })
    const again = readSource([{ name: 'again.inp', bytes: new TextEncoder().encode(text) }], DEFAULT_IMPORT_LIMITS, unattendedJob).value.catchments!
    expect(again).toHaveLength(8)
    for (const one of catchments!) {
      const other = again.find(({ name }) => name === one.name)!
      expect(other).toMatchObject({ node: one.node, imperviousPercent: one.imperviousPercent, slopePercent: one.slopePercent })
      expect(other.areaM2! / one.areaM2!).toBeCloseTo(1, 5)
      expect(other.widthM).toBeCloseTo(one.widthM!, 2)
      expect(other.ring).toEqual(one.ring.map(([x, y]) => [expect.closeTo(x, 2), expect.closeTo(y, 2)]))
    }
  })
})

const EXTRAN = join(DATA, '../swmm-epa-nrtest/examples')
describe.skipIf(!existsSync(EXTRAN))('Example2.inp of EPA (example 1 of the Extran manual) against the flows of SWMM 3 that come with it', () => {
  /** Greatest flow of each link in the file of results: a link's name on a line of its own, then day, time, flow in ft³/s. */
  function peaksIn(text: string): Map<string, number> {
    const peaks = new Map<string, number>()
    let link = ''
    for (const row of text.split(/\r?\n/).map(line => line.trim().split(/\s+/))) {
      if (row.length === 1 && row[0] !== '') link = row[0]!
      else if (row.length === 3) peaks.set(link, Math.max(peaks.get(link) ?? 0, Number(row[2])))
    }
    return peaks
  }

  it('carries up to a fifth more, as what floods upstream is not taken off; two transients of SWMM 3 are 4 and 9 % over their own inflow', async () => {
    const subject = await readSubject(join(EXTRAN, 'Example2.inp'), null, unattendedJob, {} as CliIo, await loadMessages('en'))
    const topology = subjectTopology(subject, [...GRAVITY_KINDS], unattendedJob)
    const graph = drainGraph(topology, gravityFlow(topology), GRAVITY_KINDS, null)
    // The plateaus of its three inflow hydrographs, ft³/s.
    const inflow: Readonly<Record<string, number>> = { 80408: 45, 81009: 50, 82309: 40 }
    const steady = new Map<number, number>()
    topology.nodes.forEach((node, n) => {
      if (topology.nodePlace[n]! >= 0 && inflow[node.id] !== undefined) steady.set(topology.nodePlace[n]!, inflow[node.id]! * CFS_M3S)
    })
    const flows = routeFlows(graph, drain => Number(subject.attributesOf(drain.asset)?.['roughness'] ?? 0.013), null, steady)
    const peaks = peaksIn(readFileSync(join(EXTRAN, 'Example2.dat'), 'latin1'))
    expect(peaks.size).toBe(6)
    for (const [link, cfs] of peaks) {
      const ours = flows.flowM3s[graph.drains.findIndex(drain => subject.ids[drain.asset] === link)]! / CFS_M3S
      console.info(`SWMM comparison | swmm-epa-nrtest Example2 (SWMM 3) | link ${link}: ours ${ours.toFixed(1)}, theirs ${cfs} ft³/s, ratio ${(ours / cfs).toFixed(3)}`)
      expect(ours / cfs).toBeGreaterThan(0.9)
      expect(ours / cfs).toBeLessThan(1.2)
    }
  })
})
