import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { findRoutes, type RouteInput } from '#shared/routing/search/find-route.ts'
import { fixScheme } from '#shared/routing/fix/fix-scheme.ts'
import { emptyScenario, type Proposal, type ScenarioDocument } from '#shared/scenario/document.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import { EMPTY_HISTORY, historyEntry, recordEntry, redoStep, undoStep } from '#shared/scenario/history.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'
import { proposalOf } from './random-street.ts'

const PACK = packOf(testPack('crossing-alongside'))
const GROUND = flatGround(0)
const water = anAsset({ id: 'W', kind: 'water', axis: [[20, -20, -1.5], [20, 20, -1.5]] })
const gas = anAsset({ id: 'P', kind: 'gas', axis: [[0, 0, -1], [40, 0, -1]] })

const ask = (fields: Partial<RouteInput>) => findRoutes({ baseline: buildAssetColumns([water], [0, 0, 0]), pack: PACK, ground: GROUND, surfaceFeatures: [], line: proposalOf(gas), through: [[0, 0], [40, 0]], alternatives: 1, ...fields })
const fix = (axis: readonly Vec3[], fields: Partial<Proposal> = {}, removedIds: readonly string[] = []) =>
  fixScheme({ baseline: buildAssetColumns([water], [0, 0, 0]), proposals: [{ ...proposalOf({ ...gas, axis }), ...fields }], removedIds, pack: PACK, ground: GROUND, surfaceFeatures: [], finding: null })

describe('an automatic route that cannot be', () => {
  it.each<[string, Partial<RouteInput>, object]>([
    ['of no length', { through: [[0, 0], [0, 0.005]] }, { reason: 'zero_length' }],
    ['twice through one point', { through: [[0, 0], [20, 5], [20, 5], [40, 0]] }, { reason: 'zero_length' }],
    ['from a point outside the terrain', { through: [[1e6, 0], [1e6 + 40, 0]] }, { reason: 'outside_ground' }],
    ['to a point outside the terrain', { through: [[0, 0], [1e6, 0]] }, { reason: 'outside_ground' }],
    ['from a level above the ground', { levels: [3, null] }, { reason: 'too_shallow', figures: { foundM: -3.1 } }],
    ['to a level in the bedrock', { levels: [null, -400] }, { reason: 'too_deep', cover: { mostM: 50 } }],
    ['uphill by gravity', { line: proposalOf({ ...gas, kind: 'sewer_foul' }), levels: [-2, -1.5] }, { reason: 'no_fall', figures: { foundM: -0.5 } }],
    ['by gravity with less fall than it needs', { line: proposalOf({ ...gas, kind: 'sewer_foul' }), levels: [-2, -2.05] }, { reason: 'no_fall' }],
    ['through an area to keep out of', { keepOut: [[[-5, -5], [5, -5], [5, 5], [-5, 5]]] }, { reason: 'keep_out' }],
  ])('%s is told of', (_, fields, blocked) => {
    const answer = ask(fields)
    expect(answer.routes).toEqual([])
    expect(answer.blocked[0]).toMatchObject(blocked)
  })

  it('through points in an order that makes it cross itself, or a keep-out area that crosses itself, gets an answer that the check agrees with', () => {
    for (const fields of [{ through: [[0, 0], [30, 0], [30, 10], [15, 10], [15, -10]] }, { keepOut: [[[10, -5], [20, 5], [20, -5], [10, 5]]] }] satisfies Partial<RouteInput>[]) {
      const { routes, blocked } = ask(fields)
      expect(routes.length + blocked.length).toBeGreaterThan(0)
      for (const { axis } of routes) {
        const assets = effectiveNetwork(buildAssetColumns([water], [0, 0, 0]), [{ ...proposalOf(gas), axis }])
        expect(checkNetwork(prepareClearance({ assets, pack: PACK, ground: GROUND, surfaceFeatures: [] })).pairs).toEqual([])
      }
    }
  })
})

describe('a smallest fix of a line that cannot be', () => {
  it('outside the terrain or above the ground: what can be cleared is, the rest is told', () => {
    expect(fix([[0, 0, 2], [40, 0, 2]])).toMatchObject({ isUnknownFinding: false })
    const outside = fix([[1e6, 0, -1.5], [1e6 + 40, 0, -1.5]])
    expect(outside).toEqual({ fixes: [], unresolved: [], isUnknownFinding: false })
  })

  it('that crosses itself is moved clear of the other line', () => {
    const { fixes, unresolved } = fix([[0, 0, -1.5], [40, 0, -1.5], [30, 10, -1.5], [30, -10, -1.5]])
    expect(fixes.length + unresolved.length).toBeGreaterThan(0)
    const axis = fixes.at(-1)?.after.axis
    if (axis && unresolved.length === 0) expect(fix(axis)).toMatchObject({ fixes: [], unresolved: [] })
  })

  it('is not asked for against a line that the scheme takes out, or that is no longer in the twin', () => {
    expect(fix([[0, 0, -1.5], [40, 0, -1.5]], {}, ['W'])).toMatchObject({ fixes: [], unresolved: [] })
    expect(fix([[0, 0, -1.5], [40, 0, -1.5]], { replaces: ['W'] })).toMatchObject({ fixes: [], unresolved: [] })
    expect(fix([[0, 0, -1.5], [40, 0, -1.5]], { replaces: ['gone'] }, ['gone too']).fixes.length).toBeGreaterThan(0)
  })
})

describe('undo across refused and taken edits', () => {
  const add = (id: string, axis: readonly Vec3[], fields: Partial<AssetRecord> = {}): ScenarioCommand => ({ op: 'proposal.add', proposal: { ...proposalOf({ ...gas, ...fields, id, axis }), axis: [...axis] } })
  const pit = (outline: readonly (readonly [number, number])[]): ScenarioCommand => ({
    op: 'excavation.add', excavation: { id: 'pit-1', name: '', shape: { type: 'pit', outline: outline.map(([x, y]) => [x, y] as [number, number]) }, bottom: { depthM: 3 }, slopeRatio: 0 },
  })
  /** A sitting with good and bad edits in turn: what is refused leaves no step. */
  const edits: readonly [ScenarioCommand, boolean][] = [
    [add('A', [[0, 0, -1], [40, 0, -1]]), true],
    [add('B', [[0, 0, -1]]), false],
    [add('C', [[0, 0, -1], [0, 0, -1]]), false],
    [add('D', [[0, 0, -1], [40, 0, -1], [30, 10, -1], [30, -10, -1]]), true],
    [pit([[0, 0], [10, 10], [10, 0], [0, 10]]), false],
    [pit([[0, 0], [5, 0], [10, 0]]), false],
    [pit([[0, 0], [10, 0], [10, 10], [5, 2], [0, 10]]), true],
    [{ op: 'removal.add', id: 'W', reason: '' }, true],
    [{ op: 'removal.add', id: 'W', reason: '' }, false],
    [{ op: 'proposal.setAxis', id: 'A', axis: [[0, 0, 500], [40, 0, 500]] }, true],
    [{ op: 'proposal.setProperties', id: 'A', properties: { replaces: ['W', 'not there'] } }, true],
    [{ op: 'proposal.deleteVertex', id: 'A', index: 0 }, false],
    [{ op: 'proposal.remove', id: 'D' }, true],
  ]

  it('takes each step back to the document before it, and forward again', () => {
    let document: ScenarioDocument = emptyScenario('s', 'S')
    let history = EMPTY_HISTORY
    const documents: ScenarioDocument[] = [document]
    for (const [seq, [command, isTaken]] of edits.entries()) {
      const done = executeCommand(document, command)
      expect(done.ok, JSON.stringify(command)).toBe(isTaken)
      if (!done.ok) continue
      history = recordEntry(history, historyEntry(seq, command, done.value))
      document = done.value.document
      documents.push(document)
    }
    for (let k = documents.length - 2; k >= 0; k--) {
      ;({ document, history } = undoStep(document, history)!)
      expect(document).toEqual(documents[k])
    }
    expect(undoStep(document, history)).toBeNull()
    for (const next of documents.slice(1)) {
      ;({ document, history } = redoStep(document, history)!)
      expect(document).toEqual(next)
    }
  })
})
