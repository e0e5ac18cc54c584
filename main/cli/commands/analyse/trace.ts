import type { Issue } from '#shared/core/issues.ts'
import { nearestNodes, pathTo, placesOfAsset, walkFrom } from '#shared/network/connectivity.ts'
import { flowIssues } from '#shared/network/flow-issues.ts'
import { gravityFlow } from '#shared/network/gravity-flow.ts'
import { isShutEdge } from '#shared/network/supply.ts'
import { nodesOf } from '#shared/network/topology.ts'
import { traceFrom, type TraceDirection } from '#shared/network/trace.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'
import { CliFailure } from '../../command.ts'
import { assetIds, metres, networkIssues, readNetwork, requiredAsset, shortList, type AnalyseMethod, type Network } from './method.ts'

const DIRECTIONS: readonly TraceDirection[] = ['up', 'down', 'both']

/** `trace --asset ID`: what drains into it, what it drains into, or all it is connected to; a way to another asset. */
export const traceMethod: AnalyseMethod = {
  name: 'trace',
  options: ['asset', 'direction', 'to', 'tolerance'],
  async run(context) {
    const { option, t } = context
    const id = requiredAsset(option, t)
    const direction = (option('direction') ?? 'both') as TraceDirection
    if (!DIRECTIONS.includes(direction)) throw new CliFailure('cli-analyse:badDirection', { value: direction })
    const network = await readNetwork(context, id)
    const { topology, asset, ids } = network
    const to = option('to')
    const target = to === null ? -1 : ids.indexOf(to)
    if (to !== null && target < 0) throw new CliFailure('cli-analyse:noAsset', { asset: to, file: context.path })

    const flow = GRAVITY_KINDS.has(assetKind(topology.columns, asset)) && direction !== 'both' ? gravityFlow(topology) : null
    const trace = traceFrom(topology, asset, direction, flow)
    const assets = assetIds(network, trace.edges)
    const reached = [...trace.places].flatMap(place => nodesOf(topology, place))
    const idsOfType = (...types: string[]): string[] => reached.filter(node => types.includes(node.nodeType)).map(node => node.id).sort()
    const issues: Issue[] = [...networkIssues(network), ...(flow ? flowIssues(topology, flow) : [])]
    for (const unknown of assetIds(network, trace.undirected)) issues.push({ code: 'direction_unknown', severity: 'warning', ref: unknown })
    const fittings = ['valve', 'hydrant'] as const
    const nearest = Object.fromEntries(nearestNodes(topology, asset, fittings).map((found, k) => [fittings[k]!, rounded(found)]))
    const path = target < 0 ? undefined : wayTo(network, target)
    const ends = { outfalls: idsOfType('outfall'), sources: idsOfType('source', 'tank', 'pump') }
    return {
      issues,
      json: {
        asset: id, direction, assets, nodes: reached.map(node => node.id).sort(), ...ends, lengthM: metres(trace.lengthM), nearest, ...(to !== null && { to, path }),
      },
      lines: [
        t(`cli-analyse:trace.${direction}`, { asset: id, count: assets.length, length: trace.lengthM.toFixed(1), list: shortList(assets, t) }),
        t('cli-analyse:trace.outfalls', { list: shortList(ends.outfalls, t) }),
        t('cli-analyse:trace.sources', { list: shortList(ends.sources, t) }),
        ...Object.entries(nearest).map(([type, node]) => t('cli-analyse:trace.nearest', { type: t(`kinds:nodeType.${type}`), node: node ? `${node.id} (${node.distanceM} m)` : t('cli-analyse:none') })),
        ...(path === undefined ? [] : [path === null ? t('cli-analyse:trace.noPath', { to }) : t('cli-analyse:trace.path', { to, length: path.lengthM, list: shortList(path.assets, t) })]),
      ],
    }
  },
}

const rounded = (node: { readonly id: string; readonly distanceM: number } | null) => node && { id: node.id, distanceM: metres(node.distanceM) }

/** The shortest way along the pipes between the two, both included; null where there is none. */
function wayTo(network: Network & { readonly asset: number }, target: number): { assets: string[]; lengthM: number } | null {
  const { topology, asset, ids } = network
  const goals = new Set(placesOfAsset(topology, target))
  let goal = -1
  const reached = walkFrom(topology, placesOfAsset(topology, asset), { mayPass: edge => !isShutEdge(topology, edge), isGoal: place => goals.has(place) && ((goal = place), true) })
  if (goal < 0) return null
  const between = (pathTo(topology, reached, goal) ?? []).map(edge => topology.edgeAsset[edge]!).filter(a => a >= 0)
  const order = [asset, ...between, target].filter((a, i, all) => i === 0 || a !== all[i - 1])
  return { assets: order.map(a => ids[a]!), lengthM: metres(reached.distanceM[goal]!) }
}
