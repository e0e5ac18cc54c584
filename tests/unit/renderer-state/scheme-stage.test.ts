import { expect, it, onTestFinished } from 'vitest'
import type { CheckResult } from '#renderer/state/findings/findings-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { openFindings } from '#renderer/state/scheme/scheme-stage.ts'
import { keyIn, localDay, standingContext } from '#renderer/state/findings/standings.ts'
import type { FindingState } from '#shared/register/finding-state.ts'
import { sideHash } from '#shared/review/side-hash.ts'
import { seenOf } from '#shared/review/standing.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'

it.each([
  ['holds', {}, 0], ['ran out yesterday', { expires: '2020-01-01' }, 1], ['was for a line that lay elsewhere', { geometry: { a: 'elsewhere', b: '' } }, 1], ['was under another pack', { pack: { id: 'other', version: '1', hash: 'x' } }, 1],
])('an exception that %s keeps a mandatory finding from being open, or not', (_, changes, open) => {
  const before = registerStore.getState().findingStates
  onTestFinished(() => registerStore.setState({ findingStates: before }))
  const document = { id: 'S', name: 'S', proposals: { P1: aProposal('P1') }, excavations: {}, removals: {} } as unknown as ScenarioDocument
  const finding = aFinding({ a: ['P1'], b: [] })
  const { pack, geometryOf } = standingContext({ project: projectStore.getState(), document })
  const exception: FindingState['exception'] = { reason: 'r', measure: 'm', person: 'p', date: '2020-01-01', expires: localDay(new Date()), geometry: { a: sideHash(finding.a, geometryOf), b: sideHash(finding.b, geometryOf) }, pack, ...changes }
  const body: FindingState = { scenarioId: 'S', findingId: finding.id, status: 'accepted', assignee: '', due: null, tags: [], group: '', comments: [], exception, seen: seenOf(finding, '') }
  const { key } = keyIn(finding, document)
  registerStore.setState({ findingStates: { [key]: { collection: 'findingStates', id: key, body, revision: 1 } } as never })
  expect(openFindings({ findings: [finding] } as unknown as CheckResult, document)).toEqual({ mandatory: 1, advisory: 0, accepted: 1 - open, openMandatory: open })
})
