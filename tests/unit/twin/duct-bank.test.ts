import { expect, it } from 'vitest'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { scenarioCommandSchema } from '#shared/scenario/command-schema.ts'
import { emptyScenario } from '#shared/scenario/document.ts'
import { bankSection, ductsOf } from '#shared/twin/duct-bank.ts'

const bank = { columns: 3, rows: 2, ductM: 0.16, gapM: 0.05, casingM: 0.1 }

it('a bank of ducts is as large as its ducts, what lies between them and the casing', () => {
  expect(bankSection(bank)).toEqual({ shape: 'rectangle', widthM: 0.78, heightM: 0.57 }) // 3 · 0.16 + 2 · 0.05 + 2 · 0.1, 2 · 0.16 + 0.05 + 0.2
  const ducts = ductsOf(bank)
  expect(ducts).toHaveLength(6)
  for (const [right, up] of ducts) expect([Math.abs(right) + 0.08 + 0.1 <= 0.39 + 1e-9, Math.abs(up) + 0.08 + 0.1 <= 0.285 + 1e-9]).toEqual([true, true])
  for (const [i, a] of ducts.entries()) for (const b of ducts.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(0.21 - 1e-9)
})

it('is kept with the line, and goes with one edit', () => {
  const proposal = { id: 'p', name: '', kind: 'power', owner: '', section: bankSection(bank), axis: [[0, 0, 0], [9, 0, 0]], laying: 'duct', ductBank: bank }
  const added = executeCommand(emptyScenario('s', 's'), scenarioCommandSchema.parse({ op: 'proposal.add', proposal }))
  expect(added.ok && added.value.document.proposals.p).toMatchObject({ ductBank: bank })
  const cleared = added.ok && executeCommand(added.value.document, scenarioCommandSchema.parse({ op: 'proposal.setProperties', id: 'p', properties: { ductBank: null } }))
  expect(cleared && cleared.ok && 'ductBank' in cleared.value.document.proposals.p!).toBe(false)
})
