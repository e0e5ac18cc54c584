import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { ProjectFile } from '#main/services/project-file.ts'
import { seededRandom } from '#shared/core/random.ts'
import { scenarioCommandSchema } from '#shared/scenario/command-schema.ts'
import { emptyScenario, type ScenarioDocument } from '#shared/scenario/document.ts'
import { aProposal, created, opened } from '#tests/builders/project-fixtures.ts'
import { randomCommand, randomDocument } from '#tests/builders/random-scenario.ts'
import { IDS } from '#tests/builders/twin-builder.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const path = () => join(temporaryFolder(), 'city.gpkg')

async function withScenario(name = 'A'): Promise<{ project: ProjectFile; id: string }> {
  const project = await created(path())
  return { project, id: (await project.createScenario(name)).document.id }
}

const add = (project: ProjectFile, id: string, proposal: string) =>
  project.execute(id, project.scenarioState(id).revision, { op: 'proposal.add', proposal: aProposal(proposal) })

describe('scenarios in a project file', () => {
  it('count every durable command, undo and redo included', async () => {
    const { project, id } = await withScenario()
    expect(await add(project, id, 'X')).toEqual({ revision: 1, undoLabel: 'scenario:label.addProposal', redoLabel: null })
    expect(await project.undo(id)).toMatchObject({ revision: 2, undoLabel: null, redoLabel: 'scenario:label.addProposal', document: { proposals: {} } })
    expect((await project.redo(id)).document.proposals).toHaveProperty('X')
    expect(project.scenarios()).toEqual([{ id, name: 'A', proposals: 1, excavations: 0, removals: 0, edits: 3, revision: 3, colour: null, basedOn: null }])
  })

  it('refuse an edit made on another revision, and one the document refuses, changing nothing', async () => {
    const { project, id } = await withScenario()
    await add(project, id, 'X')
    await expect(project.execute(id, 0, { op: 'proposal.remove', id: 'X' })).rejects.toMatchObject({ code: 'revision_mismatch', details: { revision: 1 } })
    await expect(project.execute(id, 1, { op: 'proposal.remove', id: 'Y' })).rejects.toMatchObject({ code: 'rejected', details: { reason: 'unknown_proposal', id: 'Y' } })
    await expect(project.execute('nobody', 0, { op: 'proposal.remove', id: 'Y' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(project.redo(id)).rejects.toMatchObject({ code: 'nothing_to_redo' })
    expect(project.scenarioState(id)).toMatchObject({ revision: 1, document: { proposals: { X: {} } } })
    await project.undo(id)
    await expect(project.undo(id)).rejects.toMatchObject({ code: 'nothing_to_undo' })
  })

  it('have names of their own', async () => {
    const { project, id } = await withScenario('A')
    await expect(project.createScenario('A')).rejects.toMatchObject({ code: 'name_taken' })
    const second = await project.createScenario('B')
    await expect(project.execute(second.document.id, 0, { op: 'scenario.describe', name: 'A' })).rejects.toMatchObject({ code: 'rejected', details: { reason: 'name_taken' } })
    await project.execute(id, 0, { op: 'scenario.describe', name: 'A2' })
    await project.execute(second.document.id, 0, { op: 'scenario.describe', name: 'A' })
    expect(project.scenarioNamed('A')).toBe(second.document.id)
  })

  it('are copied with their proposals and a history of their own', async () => {
    const { project, id } = await withScenario()
    await add(project, id, 'X')
    const copy = await project.createScenario('B', id)
    expect(copy).toMatchObject({ revision: 0, undoLabel: null, document: { name: 'B', proposals: { X: { id: 'X' } } } })
    await project.execute(copy.document.id, 0, { op: 'proposal.remove', id: 'X' })
    expect(project.scenarioDocument(id).proposals).toHaveProperty('X')
  })

  it('are gone once removed, and neither their name nor their id makes trouble', async () => {
    const { project, id } = await withScenario()
    await add(project, id, 'X')
    await project.removeScenario(id)
    expect(project.scenarios()).toEqual([])
    await expect(project.removeScenario(id)).rejects.toMatchObject({ code: 'not_found' })
    const again = await project.createScenario('A')
    expect(again.document.id).not.toBe(id)
    await project.close()
    expect((await opened(project.path)).project.scenarios()).toHaveLength(1)
  })

  it('keep the ids they come with, and new ones do not collide', async () => {
    const given: ScenarioDocument = { ...emptyScenario('scenario-1', 'given'), description: 'd', colour: '#2a7fbf', proposals: { X: aProposal('X') }, removals: { [IDS.G1]: { reason: 'old' } } }
    const project = await created(path(), { scenarios: [given] })
    expect(project.scenarioDocument('scenario-1')).toEqual(given)
    expect((await project.createScenario('new')).document.id).toBe('scenario-2')
    expect(project.info().changedSinceSave).toBe(true)
  })

  it.each([1, 2, 3])('are after opening again what they were, undo and redo included (seed %i)', async seed => {
    const random = seededRandom(seed)
    const start = randomDocument(random)
    const project = await created(path(), { scenarios: [start] })
    const ops = scenarioCommandSchema.options.map(option => option.shape.op.value)
    for (let i = 0; i < 250; i++) {
      const { revision, document, undoLabel, redoLabel } = project.scenarioState('s')
      if (undoLabel && random.chance(0.25)) await project.undo('s')
      else if (redoLabel && random.chance(0.25)) await project.redo('s')
      else await project.execute('s', revision, scenarioCommandSchema.parse(randomCommand(random, document as ScenarioDocument, random.pick(ops)))).catch(() => undefined)
    }
    const state = project.scenarioState('s')
    expect(state.revision).toBeGreaterThan(128)
    await project.close()
    const { project: again } = await opened(project.path)
    expect(again.scenarioState('s')).toEqual(state)
    let last = state
    while (last.redoLabel) last = await again.redo('s')
    while (last.undoLabel) last = await again.undo('s')
    expect(last.document).toEqual(start)
  })

  it('are mirrored as features that a GIS shows: added, changed, renamed, undone, removed', async () => {
    const { project, id } = await withScenario()
    const features = () => {
      const db = new DatabaseSync(project.path, { readOnly: true })
      const rows = db.prepare('SELECT scenario, proposal_id, kind, diameter_m FROM scenario_assets ORDER BY proposal_id').all().map(row => Object.values(row))
      const indexed = db.prepare('SELECT count(*) AS n FROM rtree_scenario_assets_geom').get()?.['n']
      db.close()
      expect(indexed).toBe(rows.length)
      return rows
    }
    await add(project, id, 'X')
    await add(project, id, 'Y')
    await project.execute(id, 2, { op: 'proposal.setProperties', id: 'X', properties: { section: { shape: 'circle', diameterM: 0.5 } } })
    await project.execute(id, 3, { op: 'scenario.describe', name: 'renamed' })
    expect(features()).toEqual([['renamed', 'X', 'gas', 0.5], ['renamed', 'Y', 'gas', 0.3]])
    await project.undo(id)
    await project.undo(id)
    await project.undo(id)
    expect(features()).toEqual([['A', 'X', 'gas', 0.3]])
    await project.removeScenario(id)
    expect(features()).toEqual([])
  })
})

describe('saving', () => {
  it('names what was reached; later edits, schemes and pack choices count as changes', async () => {
    const { project, id } = await withScenario()
    expect(project.info()).toMatchObject({ savedRevision: null, changedSinceSave: true })
    await project.save('to the board')
    expect(project.info()).toMatchObject({ savedRevision: { name: 'to the board' }, changedSinceSave: false })
    await add(project, id, 'X')
    expect(project.info().changedSinceSave).toBe(true)
    await project.save('two')
    await project.usePack('template-empty')
    expect(project.info()).toMatchObject({ packId: 'template-empty', changedSinceSave: true, savedRevision: { name: 'two' } })
    await project.close()
    expect((await opened(project.path)).project.info()).toMatchObject({ packId: 'template-empty', changedSinceSave: true, savedRevision: { name: 'two' } })
  })

  it('under another name opens the copy and leaves the first file with all its edits', async () => {
    const { project, id } = await withScenario()
    await add(project, id, 'X')
    const target = join(temporaryFolder(), 'copy.gpkg')
    const { project: copy } = await project.saveAs(target)
    expect(copy.path).toBe(target)
    expect(copy.info()).toMatchObject({ name: 'copy.gpkg', changedSinceSave: false, readOnly: null })
    await add(copy, id, 'Y')
    await copy.close()
    await expect(add(project, id, 'Z')).rejects.toMatchObject({ code: 'no_project' })
    expect(Object.keys((await opened(project.path)).project.scenarioDocument(id).proposals)).toEqual(['X'])
    expect(Object.keys((await opened(target)).project.scenarioDocument(id).proposals)).toEqual(['X', 'Y'])
  })

  it('under a name that is taken is refused unless overwriting was asked for, and never over a project open elsewhere', async () => {
    const { project } = await withScenario()
    const other = await created(path())
    await expect(project.saveAs(other.path)).rejects.toMatchObject({ code: 'already_exists' })
    await expect(project.saveAs(other.path, { overwrite: true })).rejects.toMatchObject({ code: 'read_only', details: { reason: 'open_elsewhere' } })
    await other.close()
    const { project: copy } = await project.saveAs(other.path, { overwrite: true })
    expect(copy.scenarios()).toHaveLength(1)
    await copy.close()
  })

  it('over itself is a save', async () => {
    const { project } = await withScenario()
    expect((await project.saveAs(project.path)).project).toBe(project)
    expect(project.info().changedSinceSave).toBe(false)
  })
})

describe('checks', () => {
  const label = { twinHash: 'h', scenarioId: null as string | null, scenarioRevision: 0, pack: { id: 'p', version: '1', hash: 'x' }, engine: 'e' }
  const at = { a: [430_000, 4_581_000, 30], b: [430_001, 4_581_000, 31] } as { a: [number, number, number]; b: [number, number, number] }
  const finding = {
    id: 'f1', rule: 'vertical' as const, required: 0.15, found: 0.1, shortfall: 0.05, clause: '4.1.14', basis: 'quoted' as const, at, a: ['W1'], b: ['X'], verdict: 'possible' as const,
    mandatory: true, uncertaintyM: null, stretch: { from: at.a, to: at.b, fromChainageM: 0, toChainageM: 1 }, yields: null, others: [],
  }
  const result = { label, scope: 'network' as const, findings: [finding], pairCount: 1, durationMs: 5, checkedAt: '2026-01-01T00:00:00Z', partial: false }

  it('are kept one per scenario and scope, findings as features', async () => {
    const { project, id } = await withScenario()
    await project.storeCheck(result)
    await project.storeCheck({ ...result, label: { ...label, scenarioId: id }, findings: [] })
    await project.storeCheck({ ...result, findings: [finding, { ...finding, id: 'f2' }] })
    await project.close()
    const { project: again } = await opened(project.path)
    expect(again.latestCheck(null, 'network')?.findings.map(({ id }) => id)).toEqual(['f1', 'f2'])
    expect(again.latestCheck(null, 'network')?.findings[0]).toEqual(finding)
    expect(again.latestCheck(id, 'network')?.findings).toEqual([])
    expect(again.latestCheck(id, 'proposals')).toBeNull()
    expect(new DatabaseSync(project.path, { readOnly: true }).prepare('SELECT count(*) AS n FROM findings').get()).toEqual({ n: 2 })
  })
})
