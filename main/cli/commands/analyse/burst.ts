import { analyseBurst } from '#shared/network/burst.ts'
import { valveIds, type Valve } from '#shared/network/supply.ts'
import { metres, networkIssues, readNetwork, requiredAsset, shortList, type AnalyseMethod } from './method.ts'

/** `burst --asset ID`: valves to shut, what they isolate, what loses supply, second choices. */
export const burstMethod: AnalyseMethod = {
  name: 'burst',
  options: ['asset', 'tolerance'],
  async run(context) {
    const { option, t } = context
    const id = requiredAsset(option, t)
    const network = await readNetwork(context, id)
    const { topology, ids, nodes, asset } = network
    const answer = analyseBurst(topology, asset)
    const idsOf = (valves: readonly Valve[]): string[] => valves.flatMap(valve => valveIds(topology, valve, a => ids[a]!)).sort()
    const nodeIds = (list: readonly number[]): string[] => list.map(n => nodes[n]!.id)
    const countOf = (type: string): number => answer.nodesCut.filter(n => nodes[n]!.nodeType === type).length
    const issues = networkIssues(network)
    if (answer.valveCount === 0) issues.push({ code: 'valve_missing', severity: 'warning', ref: id })
    if (answer.sourceCount === 0) issues.push({ code: 'source_missing', severity: 'warning', ref: id })
    for (const source of nodeIds(answer.sourcesInside)) issues.push({ code: 'source_not_separable', severity: 'warning', ref: source })
    const valves = idsOf(answer.valves)
    const isolated = answer.isolated.map(a => ids[a]!)
    const outOfSupply = answer.outOfSupply.map(a => ids[a]!)
    const alternatives = answer.alternatives.flatMap(({ failed, valves: wider, sourcesInside }) =>
      idsOf([failed]).map(one => ({ failed: one, valves: idsOf(wider), ...(sourcesInside.length > 0 && { sourcesInside: nodeIds(sourcesInside) }) })),
    ).sort((a, b) => (a.failed < b.failed ? -1 : 1))
    const affected = { connections: countOf('connection'), hydrants: countOf('hydrant'), nodes: answer.nodesCut.length }
    return {
      issues,
      json: { asset: id, valves, isolated, outOfSupply, lengthM: metres(answer.lengthM), alternatives, sourcesInside: nodeIds(answer.sourcesInside), affected },
      lines: [
        t('cli-analyse:burst.valves', { asset: id, count: valves.length, list: shortList(valves, t) }),
        t('cli-analyse:burst.isolated', { count: isolated.length, length: answer.lengthM.toFixed(1), list: shortList(isolated, t) }),
        t('cli-analyse:burst.outOfSupply', { count: outOfSupply.length, list: shortList(outOfSupply, t) }),
        t('cli-analyse:burst.affected', affected),
        ...alternatives.map(({ failed, valves: wider }) => t('cli-analyse:burst.alternative', { failed, list: shortList(wider, t) })),
      ],
    }
  },
}
