import { leastOf } from '#shared/core/extremes.ts'
import type { Issue } from '#shared/core/issues.ts'
import { componentsOf, openEnds } from '#shared/network/connectivity.ts'
import { crossConnections } from '#shared/network/cross-connections.ts'
import { flowIssues, lineFlow, type LineDirection } from '#shared/network/flow-issues.ts'
import { gravityFlow, type FlowSource, type GravityFlow } from '#shared/network/gravity-flow.ts'
import { loopsOf } from '#shared/network/loops.ts'
import { edgeLengthM, nodesOf, type Topology } from '#shared/network/topology.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'
import { assetIds, metres, networkIssues, placeInProject, readNetwork, shortList, type AnalyseMethod, type Network } from './method.ts'

/** `flow`: how the networks hang together; where gravity rules, which way they flow and where that fails. */
export const flowMethod: AnalyseMethod = {
  name: 'flow',
  options: ['kind', 'tolerance'],
  async run(context) {
    const { t } = context
    const network = await readNetwork(context, null)
    const { topology, ids } = network
    const flow = gravityFlow(topology)
    const issues: Issue[] = [...networkIssues(network), ...flowIssues(topology, flow)]
    const outfalls = flow.outfalls.map(({ place, isAssumed, isCut }) => {
      const node = nodesOf(topology, place).find(one => one.nodeType === 'outfall' || one.nodeType === 'pump')
      if (isAssumed) issues.push({ code: isCut ? 'drain_cut' : 'outfall_assumed', severity: 'warning', ref: ids[topology.edgeAsset[topology.incident[topology.incidentStart[place]!]!]!] ?? '' })
      return { node: node?.id ?? null, at: placeInProject(topology, place), assumed: isAssumed }
    })
    const directions = directionsOf(network, flow)
    for (const row of directions) if (row.direction === 'unknown') issues.push({ code: 'direction_unknown', severity: 'info', ref: row.asset })
    const adverse = flow.adverse.map(row => ({ asset: ids[row.asset]!, fromM: metres(row.fromM), toM: metres(row.toM), riseM: metres(row.riseM), slopeRatio: Number.isFinite(row.slopeRatio) ? metres(row.slopeRatio) : null }))
    const contradictions = flow.contradictions.map(({ asset, riseM }) => ({ asset: ids[asset]!, riseM: metres(riseM) }))
    const loops = loopsOf(topology).map(({ edges, cycles }) => ({ cycles, assets: assetIds(network, edges) }))
    const crossed = crossConnections(topology).map(({ place, foul, storm }) => ({
      at: placeInProject(topology, place), node: nodesOf(topology, place)[0]?.id ?? null, foul: foul.map(a => ids[a]!), storm: storm.map(a => ids[a]!),
    }))
    const parts = partsOf(network)
    const open = openEnds(topology).map(place => ({ asset: assetIds(network, topology.incident.subarray(topology.incidentStart[place]!, topology.incidentStart[place + 1]!))[0] ?? null, at: placeInProject(topology, place) }))
    const nearMisses = topology.nearMisses.map(miss => ({ asset: ids[miss.asset]!, end: miss.end, other: ids[miss.other]!, gapM: metres(miss.gapM) }))
    const counts = { parts: parts.length, loops: loops.length, adverse: adverse.length, outfalls: outfalls.length, crossed: crossed.length, open: open.length, near: nearMisses.length, surveyed: directions.filter(({ source }) => source === 'survey').length, contradicted: contradictions.length }
    return {
      issues,
      json: { toleranceM: topology.toleranceM, directions, contradictions, adverse, outfalls, loops, crossConnections: crossed, parts, openEnds: open, nearMisses },
      lines: [
        t('cli-analyse:flow.parts', counts),
        t('cli-analyse:flow.outfalls', { ...counts, list: shortList(outfalls.map(({ node, at }) => node ?? `(${at.map(v => v.toFixed(2)).join(', ')})`), t) }),
        t('cli-analyse:flow.surveyed', { ...counts, list: shortList(contradictions.map(row => `${row.asset} (+${row.riseM.toFixed(3)} m)`), t) }),
        t('cli-analyse:flow.adverse', { ...counts, list: shortList(adverse.map(row => `${row.asset} (+${row.riseM.toFixed(3)} m)`), t) }),
        t('cli-analyse:flow.crossed', { ...counts, list: shortList(crossed.map(row => `${row.foul.join('+')} / ${row.storm.join('+')}`), t) }),
        t('cli-analyse:flow.open', { ...counts, list: shortList(open.map(row => row.asset ?? ''), t) }),
        t('cli-analyse:flow.near', { ...counts, list: shortList(nearMisses.map(row => `${row.asset} – ${row.other}`), t) }),
      ],
    }
  },
}

/** Per gravity asset: which way, and what that stands on. */
function directionsOf({ topology, ids }: Network, flow: GravityFlow): { asset: string; direction: LineDirection; source: FlowSource }[] {
  const rows: ReturnType<typeof directionsOf> = []
  for (let a = 0; a < topology.columns.count; a++) {
    if (topology.assetEdges[2 * a] === topology.assetEdges[2 * a + 1] || !GRAVITY_KINDS.has(assetKind(topology.columns, a))) continue
    rows.push({ asset: ids[a]!, ...lineFlow(topology, flow, a) })
  }
  return rows
}

/** Connected parts, the longest first. */
function partsOf({ topology, ids }: Network): { kind: string; assets: number; lengthM: number; example: string }[] {
  const { ofPlace } = componentsOf(topology)
  const parts = new Map<number, { assets: Set<number>; lengthM: number }>()
  for (let e = 0; e < topology.edgeCount; e++) {
    const key = ofPlace[topology.edgeFrom[e]!]!
    const part = parts.get(key) ?? { assets: new Set(), lengthM: 0 }
    parts.set(key, part)
    if (topology.edgeAsset[e]! >= 0) part.assets.add(topology.edgeAsset[e]!)
    part.lengthM += edgeLengthM(topology, e)
  }
  return [...parts.values()].filter(part => part.assets.size > 0).sort((a, b) => b.lengthM - a.lengthM || b.assets.size - a.assets.size)
    .map(({ assets, lengthM }) => ({ kind: kindsIn(topology, assets), assets: assets.size, lengthM: metres(lengthM), example: ids[leastOf(assets)]! }))
}

const kindsIn = (topology: Topology, assets: ReadonlySet<number>): string => [...new Set([...assets].map(a => assetKind(topology.columns, a)))].sort().join('+')
