import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { attributesAsked } from '#shared/ledger/asset-query.ts'
import { hiddenBy, isInForce } from '#shared/ledger/selection-set.ts'
import { needAttribute } from '../../actions/viewing/colour-actions.ts'
import { setTests } from '../../state/twin/asset-sets.ts'
import { attributeStore } from '../../state/colouring/attribute-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { localDay } from '../../state/findings/standings.ts'

/** Findings that ignore rules hide, and how many each rule does; one that several would hide counts for the first. */
interface Ignored {
  readonly ids: ReadonlySet<string>
  readonly byRule: ReadonlyMap<string, number>
}

const NOTHING: Ignored = { ids: new Set(), byRule: new Map() }

export function useIgnored(findings: readonly Finding[]): Ignored {
  const columns = useStore(projectStore, state => state.columns)
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  const twinHash = useStore(projectStore, state => state.info?.twinHash ?? '')
  const attributes = useStore(attributeStore)
  const rules = useStore(registerStore, state => state.ignoreRules)
  const queries = useStore(registerStore, state => state.queries)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const inForce = useMemo(() => Object.values(rules).filter(({ body }) => isInForce(body, localDay(new Date()))), [rules])
  useEffect(() => {
    const sets = inForce.flatMap(({ body: { a, b } }) => [a, b])
    const roles = sets.flatMap(set => (set.type === 'query' && queries[set.id] ? attributesAsked(queries[set.id]!.body.query) : []))
    for (const role of new Set(roles)) void needAttribute(role)
  }, [inForce, queries, twinHash])
  return useMemo(() => {
    if (inForce.length === 0 || findings.length === 0 || !columns) return NOTHING
    const proposals = document?.proposals ?? {}
    const network = effectiveNetwork(columns, Object.values(proposals), Object.keys(document?.removals ?? {}))
    const testOf = setTests({ columns: network, blocks: blocks ?? [], twinHash, attributes }, queries, id => Object.hasOwn(proposals, id))
    const ids = new Set<string>()
    const byRule = new Map<string, number>()
    for (const { id, body } of inForce) {
      const hidden = hiddenBy(body, findings, testOf)
      const fresh = findings.filter((finding, i) => hidden[i] && !ids.has(finding.id))
      for (const finding of fresh) ids.add(finding.id)
      byRule.set(id, fresh.length)
    }
    return { ids, byRule }
  }, [inForce, findings, columns, blocks, twinHash, attributes, queries, document])
}
