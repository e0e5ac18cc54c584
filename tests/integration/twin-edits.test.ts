import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { CancelledError, unattendedJob } from '#shared/core/job.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { withFields, type AssetFields } from '#shared/ledger/asset-fields.ts'
import type { TwinChange, TwinEditEntry } from '#shared/ledger/twin-edit.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { roleValue, type AttributeRole } from '#shared/twin/attribute-roles.ts'
import { ASSET_STATUSES } from '#shared/twin/kinds.ts'
import { aSmallTwin, anImportEntry, created, importedRecords, opened } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { anAsset, IDS } from '#tests/builders/twin-builder.ts'

const entry = (fields: Partial<TwinEditEntry> = {}): TwinEditEntry => ({ kind: 'fields', who: '李工', why: '权属核实', detail: { fields: 'owner' }, ...fields })
const path = () => join(temporaryFolder(), '台账.gpkg')
const assets = (project: ProjectFile) => project.records().assets
const set = (project: ProjectFile, ids: readonly string[], fields: AssetFields) => project.editTwin(entry(), () => ids.map((id): TwinChange => {
  const before = assets(project).find(asset => asset.id === id)!
  return { table: 'assets', id, after: withFields(before, fields, 'axis') }
}))

/** What a twin is, whatever the order its parts came about in. */
const stateOf = (project: ProjectFile) => ({ hash: project.twinHash, columns: project.columns(), records: project.records() })

describe('an edit of the twin', () => {
  it('sets fields of some assets in columns, rows and hash at once, and says who and why', async () => {
    const project = await created(path())
    const before = stateOf(project)
    const edit = await set(project, [IDS.W1, IDS.G1], { owner: '燃气集团', status: 'in_use' })
    expect(edit).toMatchObject({ kind: 'fields', who: '李工', why: '权属核实', counts: { changed: 2, added: 0, removed: 0 }, state: 'done' })
    expect(assets(project).map(({ owner, status }) => [owner, status])).toEqual([['燃气集团', 'in_use'], ['燃气集团', 'in_use'], ['供电局', 'in_use']])
    expect(project.columns()).toEqual(buildAssetColumns(assets(project), project.columns().origin))
    expect(project.twinHash).not.toBe(before.hash)
    expect(project.isChangedSinceSave).toBe(true)
  })

  it('is all there after the file is opened again, and its hash is that of the rows', async () => {
    const file = path()
    const project = await created(file)
    await set(project, [IDS.W1], { owner: 'X', section: { shape: 'rectangle', widthM: 1, heightM: 0.5 }, material: 'PE', year: 2021 })
    const after = stateOf(project)
    await project.close()
    for (const trustsKept of [true, false]) {
      const again = await ProjectFile.open(file, { readOnly: true, trustsKept })
      expect(stateOf(again.project)).toEqual(after)
      await again.project.close()
    }
  })

  it('that changes nothing is not recorded', async () => {
    const project = await created(path())
    const before = project.twinHash
    expect(await set(project, [IDS.P1], { owner: '供电局' })).toBeNull()
    expect([project.twinHash, project.twinEdits(), project.isChangedSinceSave]).toEqual([before, [], false])
  })

  it('that is cancelled half way leaves nothing behind', async () => {
    const project = await created(path())
    const before = stateOf(project)
    const changes = function* (): Generator<TwinChange> {
      yield { table: 'assets', id: IDS.W1, after: null }
      const until = performance.now() + 40
      while (performance.now() < until);
      yield { table: 'assets', id: IDS.G1, after: null }
    }
    const cancelled = project.editTwin(entry(), changes, {}, { progress: () => undefined, throwIfCancelled: () => { throw new CancelledError() } })
    await expect(cancelled).rejects.toThrow(CancelledError)
    expect([stateOf(project), project.twinEdits()]).toEqual([before, []])
  })

  it('of what surrounds the lines is in what is asked for next, and so is its undoing', async () => {
    const project = await created(path())
    const before = project.context()
    expect(project.context().ground).toBe(before.ground)
    const block = { id: 'B-9', name: '九号片区', responsible: '街道办', ring: [[0, 0], [9, 0], [9, 9]] as const }
    await project.editTwin(entry({ kind: 'blocks' }), () => [{ table: 'blocks', id: block.id, after: block } as TwinChange])
    expect(project.context().blocks.map(({ id }) => id)).toEqual([...before.blocks.map(({ id }) => id), 'B-9'])
    await project.stepTwin('undo')
    expect(project.context()).toEqual(before)
  })

  it('is refused in a project open for reading', async () => {
    const file = path()
    await (await created(file)).close()
    const { project } = await opened(file, { readOnly: true })
    await expect(set(project, [IDS.W1], { owner: 'X' })).rejects.toMatchObject({ code: 'read_only' })
  })

  it('moves what a GIS finds in its R-tree', async () => {
    const file = path()
    const project = await created(file)
    await project.editTwin(entry({ kind: 'fix' }), () => [{ table: 'assets', id: IDS.W1, after: { ...assets(project)[0]!, axis: [[430_100, 4_581_100, 5], [430_120, 4_581_100, 5]] } }])
    expect(project.info().extent?.[3]).toBeCloseTo(430_120)
    const db = new DatabaseSync(file, { readOnly: true })
    expect(db.prepare('SELECT a.asset_id FROM rtree_assets_geom r JOIN assets a ON a.fid = r.id WHERE r.minx > 430090').all()).toEqual([{ asset_id: IDS.W1 }])
    db.close()
  })
})

it('an attribute asked for while the twin is being edited is that of one state, and right when asked for again', async () => {
  const project = await created(path())
  const [during] = await Promise.all([project.attributeColumn('material', unattendedJob), set(project, [IDS.W1], { material: 'PE' })])
  expect(during.values).toContain('球墨铸铁')
  expect(await project.attributeColumn('material', unattendedJob)).toEqual(attributeByHand(assets(project), 'material'))
})

describe('taking edits of the twin back', () => {
  it('goes back to the very twin there was, and forward again', async () => {
    const project = await created(path())
    const before = stateOf(project)
    await set(project, [IDS.W1], { owner: 'X' })
    const between = stateOf(project)
    await project.editTwin(entry({ kind: 'fix' }), () => [{ table: 'assets', id: IDS.G1, after: null }, { table: 'nodes', id: IDS.V1, after: null }])
    const after = stateOf(project)
    expect(after.records.assets.map(({ id }) => id)).toEqual([IDS.W1, IDS.P1])
    await project.stepTwin('undo')
    expect(stateOf(project)).toEqual(between)
    await project.stepTwin('undo')
    expect(stateOf(project)).toEqual(before)
    await expect(project.stepTwin('undo')).rejects.toMatchObject({ code: 'nothing_to_undo' })
    await project.stepTwin('redo')
    await project.stepTwin('redo')
    expect(stateOf(project)).toEqual(after)
    await expect(project.stepTwin('redo')).rejects.toMatchObject({ code: 'nothing_to_redo' })
  })

  it('outlives closing the file', async () => {
    const file = path()
    const project = await created(file)
    const before = stateOf(project)
    await set(project, [IDS.W1], { owner: 'X' })
    await project.close()
    const again = (await opened(file)).project
    await again.stepTwin('undo')
    expect(stateOf(again)).toEqual(before)
  })

  it('ends where another edit begins: what was undone is dropped, and says so', async () => {
    const project = await created(path())
    await set(project, [IDS.W1], { owner: 'X' })
    await project.stepTwin('undo')
    await set(project, [IDS.W1], { owner: 'Y' })
    await expect(project.stepTwin('redo')).rejects.toMatchObject({ code: 'nothing_to_redo' })
    expect(project.twinEdits().map(({ state }) => state)).toEqual(['done', 'dropped'])
  })

  it('takes an import out whole, with the scheme it made, and brings it back', async () => {
    const project = await created(path())
    const before = stateOf(project)
    const ground = { type: 'grid' as const, name: 'new ground', cols: 2, rows: 2, cellSizeM: 9, x0: 1, y0: 2, z: Float64Array.of(1, 2, 3, NaN) }
    const issue = { code: 'duplicate_id' as const, severity: 'warning' as const, count: 1, example: 'a' }
    const records = importedRecords({
      assets: [anAsset({ id: 'new', axis: [[430_000, 4_581_000, 1], [430_001, 4_581_000, 1]] })], proposals: [anAsset({ id: 'planned' })], grounds: [ground],
      nodes: [{ id: 'n', nodeType: 'manhole', kind: 'gas', owner: '', at: [430_000, 4_581_020, 33], attributes: {} }],
    })
    await project.addRecords(records, { ...anImportEntry(), issues: [issue] }, undefined, '王工')
    const after = { ...stateOf(project), schemes: project.scenarios(), issues: project.issues() }
    await project.stepTwin('undo')
    expect([stateOf(project), project.scenarios(), project.importsList(), project.issues()]).toEqual([before, [], [], []])
    await project.stepTwin('redo')
    expect({ ...stateOf(project), schemes: project.scenarios(), issues: project.issues() }).toEqual(after)
    await project.stepTwin('undo')
    expect(stateOf(project)).toEqual(before)
    expect(project.twinEdits()).toMatchObject([{ kind: 'import', who: '王工', state: 'undone', detail: { files: 'source.geojson' } }])
  })

  it('leaves the scheme of an import alone once somebody has worked on it', async () => {
    const project = await created(path())
    await project.addRecords(importedRecords({ proposals: [anAsset({ id: 'planned' })] }), anImportEntry())
    const [{ id } = { id: '' }] = project.scenarios()
    await project.execute(id, 0, { op: 'scenario.describe', name: 'worked on' })
    await project.stepTwin('undo')
    expect(project.scenarios().map(({ name }) => name)).toEqual(['worked on'])
  })

  it('of the only import leaves an empty project, and the same again', async () => {
    const project = await created(path(), {})
    await project.addRecords(importedRecords({ assets: [anAsset({ id: 'a', axis: [[430_000, 4_581_000, 1], [430_001, 4_581_000, 1]] })] }), anImportEntry())
    const after = stateOf(project)
    await project.stepTwin('undo')
    expect([project.isEmpty, project.columns().count, project.info().extent]).toEqual([true, 0, null])
    await project.stepTwin('redo')
    expect(stateOf(project)).toEqual(after)
  })

  it('takes the blocks of an import back with it, and brings them again', async () => {
    const project = await created(path())
    const before = stateOf(project)
    const ring = [[430_000, 4_581_000], [430_090, 4_581_000], [430_090, 4_581_090]] as const
    await project.addRecords(importedRecords({ blocks: [{ id: IDS.B1, name: '甲', responsible: '', ring }, { id: 'new', name: '乙', responsible: '街道办', ring }] }), anImportEntry())
    const after = stateOf(project)
    expect(after.records.blocks.map(({ id, name }) => [id, name])).toEqual([[IDS.B1, before.records.blocks[0]!.name], [`${IDS.B1}~2`, '甲'], ['new', '乙']])
    await project.stepTwin('undo')
    expect(stateOf(project)).toEqual(before)
    await project.stepTwin('redo')
    expect(stateOf(project)).toEqual(after)
  })

  it.each([1, 2, 3, 4])('any walk through edits, undo and redo agrees with a list kept by hand (seed %i)', async seed => {
    const random = seededRandom(seed)
    const file = path()
    let project = await ProjectFile.create(file, { records: aSmallTwin() })
    const past: Map<string, AssetRecord>[] = [new Map(assets(project).map(asset => [asset.id, asset]))]
    let at = 0
    for (let step = 0; step < 30; step++) {
      const now = past[at]!
      const choice = random.int(5)
      if (choice === 0 && at > 0) {
        await project.stepTwin('undo')
        at--
      } else if (choice === 1 && at < past.length - 1) {
        await project.stepTwin('redo')
        at++
      } else {
        const next = new Map(now)
        const changes = randomChanges(random, next, step)
        if (!(await project.editTwin(entry(), () => changes))) continue
        past.splice(at + 1, Infinity, next)
        at++
      }
      if (random.int(6) === 0) {
        await project.close()
        project = (await ProjectFile.open(file)).project
      }
      const byId = (records: Iterable<AssetRecord>) => [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
      expect(byId(assets(project))).toEqual(byId(past[at]!.values()))
      expect(project.columns()).toEqual(buildAssetColumns(assets(project), project.columns().origin))
      for (const role of ['material', 'year'] as const) expect(await project.attributeColumn(role, unattendedJob)).toEqual(attributeByHand(assets(project), role))
    }
    const kept = stateOf(project)
    await project.close()
    const audited = (await ProjectFile.open(file, { readOnly: true, trustsKept: false })).project
    expect(stateOf(audited)).toEqual(kept)
    await audited.close()
  })
})

/** The column as reading every asset in turn makes it. */
function attributeByHand(records: readonly AssetRecord[], role: AttributeRole) {
  const found = records.map(({ attributes }) => roleValue(attributes, role))
  const values = [...new Set(found.flatMap(one => (one ? [one.value] : [])))]
  const names = [...new Set(found.flatMap(one => (one ? [one.name] : [])))]
  const uses = (name: string): number => found.filter(one => one?.name === name).length
  return { role, names: names.sort((a, b) => uses(b) - uses(a)), values, codes: Uint32Array.from(found, one => (one ? 1 + values.indexOf(one.value) : 0)) }
}

function randomChanges(random: Random, twin: Map<string, AssetRecord>, step: number): TwinChange[] {
  const vertex = (): Vec3 => [430_000 + random.range(0, 50), 4_581_000 + random.range(0, 50), random.range(20, 34)]
  const changed = new Set<string>()
  return Array.from({ length: 1 + random.int(4) }, (_, k): TwinChange[] => {
    const id = random.pick([...twin.keys(), `新 ${step}-${k}`])
    if (changed.has(id)) return []
    changed.add(id)
    const before = twin.get(id)
    if (before && random.int(4) === 0 && twin.size > 1) {
      twin.delete(id)
      return [{ table: 'assets', id, after: null }]
    }
    const after: AssetRecord = {
      ...(before ?? anAsset({ id })), owner: `owner ${random.int(5)}`, status: random.pick(ASSET_STATUSES),
      ...(random.int(2) === 0 && { axis: Array.from({ length: 2 + random.int(3) }, vertex) }), ...(random.int(3) === 0 && { attributes: { [random.pick(['material', '管材'])]: `m${random.int(3)}`, year: random.pick([0, 1998, '2004-05-06']) } }),
    }
    twin.set(id, after)
    return [{ table: 'assets', id, after }]
  }).flat()
}

describe('what happened to an asset', () => {
  it('is told field by field, moves as distances, undone edits left out', async () => {
    const project = await created(path())
    await set(project, [IDS.W1], { owner: '自来水公司', material: 'PE' })
    const moved = assets(project)[0]!
    await project.editTwin(entry({ kind: 'fix', who: '', why: '' }), () => [{ table: 'assets', id: IDS.W1, after: { ...moved, axis: moved.axis.map(([x, y, z]): Vec3 => [x + 0.3, y, z - 0.4]) } }])
    await set(project, [IDS.W1], { owner: 'mistake' })
    await project.stepTwin('undo')
    const events = project.assetEvents(IDS.W1)
    expect(events.map(({ what, fields, edit }) => [edit.kind, edit.who, what, fields])).toEqual([
      ['fields', '李工', 'changed', [{ field: 'owner', before: 'water company', after: '自来水公司' }, { field: 'material', before: '球墨铸铁', after: 'PE' }]],
      ['fix', '', 'changed', []],
    ])
    expect(events[1]!.movedM).toBeCloseTo(0.5, 9)
  })
})
