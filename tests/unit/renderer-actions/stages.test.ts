import { expect, it } from 'vitest'
import { checkScheme } from '#renderer/actions/check/check-actions.ts'
import { signStep } from '#renderer/actions/scheme/stage-actions.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'
import { openOn, settled } from './open-project.ts'

it('each step is signed with what the check had found, but for what is built: its lines are in the ground already and would hit themselves', async () => {
  await openOn({ findings: () => [aFinding({ id: 'f1', a: [IDS.G1], b: [IDS.W1] })] })
  registerStore.setState(registerStore.getInitialState(), true)
  await checkScheme()
  await settled()
  const { activeId } = scenarioStore.getState()
  for (const stage of ['in_review', 'approved', 'under_construction', 'as_built'] as const) await signStep(activeId!, stage, '王处', '')
  const { stage, steps } = registerStore.getState().schemeStages[activeId!]!.body
  expect(stage).toBe('as_built')
  expect(steps.map(({ to, by, check }) => [to, by, check !== null])).toEqual([['in_review', '王处', true], ['approved', '王处', true], ['under_construction', '王处', true], ['as_built', '王处', false]])
})
