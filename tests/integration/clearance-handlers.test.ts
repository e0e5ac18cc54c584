import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runCheckTask, type CheckBaseline } from '#main/services/check/check-task.ts'
import { CheckWorker } from '#main/services/check/check-worker-host.ts'
import { shippedPack, shippedPacks } from '#main/services/rule-packs.ts'
import { CancelledError, unattendedJob } from '#shared/core/job.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { runCli } from '#main/cli/underplan.ts'
import { startHostSession, type HostSession } from '#tests/builders/host-session.ts'

let sessions: HostSession[] = []
const session = (): HostSession => {
  const started = startHostSession()
  sessions.push(started)
  return started
}
afterEach(async () => {
  for (const started of sessions) await started.close()
  sessions = []
})

/** A session with a project of a few crossing pipes and one scheme that crowds them. */
async function withScheme() {
  const { client, workspace, ticketFor, log } = session()
  const path = join(workspace, '城市.gpkg')
  await client.call('project.create', { ticket: ticketFor(path, 'save_project') })
  const { document } = await client.call('scenario.create', { name: 'A', copyFrom: null })
  const add = (id: string, kind: 'water' | 'sewer_foul' | 'gas', axis: [number, number, number][], baseRevision: number) =>
    client.call('scenario.execute', { id: document.id, baseRevision, command: { op: 'proposal.add', proposal: { id, name: id, kind, owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis } } })
  await add('w', 'water', [[0, 0, -1], [40, 0, -1]], 0)
  await add('s', 'sewer_foul', [[20, -20, -1.5], [20, 20, -1.5]], 1)
  return { client, id: document.id, add, path, log }
}

describe('check.run', () => {
  it('checks a scheme, labels the result with what it was computed from, and keeps it', async () => {
    const { client, id } = await withScheme()
    expect((await client.call('check.latest', { scenarioId: id, scope: 'proposals' })).result).toBeNull()
    const result = await client.call('check.run', { scenarioId: id, scope: 'proposals', packId: 'gb50289-2016' })
    // A proposal is where it is drawn: its shortfall is certain.
    expect(result.findings).toMatchObject([{ rule: 'vertical', a: ['s'], b: ['w'], required: 0.4, verdict: 'certain' }])
    expect(result.findings[0]!.found).toBeCloseTo(0.2, 9)
    const info = await client.call('project.info', {})
    expect(result.label).toMatchObject({ twinHash: info.twinHash, scenarioId: id, scenarioRevision: 2, pack: { id: 'gb50289-2016', hash: shippedPack('gb50289-2016')!.hash } })
    expect(result).toMatchObject({ scope: 'proposals', pairCount: 1, partial: false })
    expect((await client.call('check.latest', { scenarioId: id, scope: 'proposals' })).result).toEqual(result)
    expect((await client.call('check.run', { scenarioId: null, scope: 'network', packId: 'gb50289-2016' })).findings).toEqual([])
  })

  it('screens what the scheme makes worse, keeps it beside the others, and finds nothing without a scheme', async () => {
    const { client, id, add } = await withScheme()
    await add('g', 'gas', [[0, 6, -1], [40, 6, -1]], 2)
    const result = await client.call('check.run', { scenarioId: id, scope: 'lifeline', packId: 'gb50289-2016' })
    // Between the skins: the sewer passes 0.5 m under the gas pipe, both 0.3 m thick.
    expect(result.findings).toMatchObject([{ id: 'g|s|gas_space|1', rule: 'gas_space', a: ['g'], b: ['s'], mandatory: false, verdict: 'possible', at: { a: [20, 6, -1], b: [20, 6, -1.5] } }])
    expect(result.findings[0]!.found).toBeCloseTo(0.2, 9)
    expect(result).toMatchObject({ scope: 'lifeline', label: { scenarioId: id, scenarioRevision: 3 } })
    expect((await client.call('check.latest', { scenarioId: id, scope: 'lifeline' })).result).toEqual(result)
    expect((await client.call('check.latest', { scenarioId: id, scope: 'proposals' })).result).toBeNull()
    expect((await client.call('check.run', { scenarioId: null, scope: 'lifeline', packId: 'gb50289-2016' })).findings).toEqual([])
  }, 30_000)

  it('screens with the radius and storm the project goes by; what was found with others counts no more', async () => {
    const { client, id, add } = await withScheme()
    await add('g', 'gas', [[0, 6, -1], [40, 6, -1]], 2)
    const near = await client.call('check.run', { scenarioId: id, scope: 'lifeline', packId: 'gb50289-2016' })
    const limit = (findings: typeof near.findings) => findings.map(({ rule, required, clause }) => [rule, required, clause])
    expect(limit(near.findings)).toEqual([['gas_space', 5, '5 m']])
    // The sewer passes 0.2 m from the gas pipe: a radius of 1.5 m still holds it, one of 0.1 m does not.
    for (const [radiusM, expected] of [[1.5, [['gas_space', 1.5, '1.5 m']]], [0.1, []]] as const) {
      await client.call('register.apply', { changes: [{ collection: 'lifeline', id: 'settings', body: { radiusM, returnYears: 10, storm: 'own', stormA: 1000, stormC: 0.8, stormB: 10, stormN: 0.7 } }] })
      expect((await client.call('check.latest', { scenarioId: id, scope: 'lifeline' })).result).toBeNull()
      expect(limit((await client.call('check.run', { scenarioId: id, scope: 'lifeline', packId: 'gb50289-2016' })).findings)).toEqual(expected)
      expect((await client.call('check.latest', { scenarioId: id, scope: 'lifeline' })).result).not.toBeNull()
    }
    await expect(client.call('register.apply', { changes: [{ collection: 'lifeline', id: 'settings', body: { radiusM: -1 } }] })).rejects.toThrow()
  }, 30_000)

  it('sees the next edit', async () => {
    const { client, id, add } = await withScheme()
    await client.call('check.run', { scenarioId: id, scope: 'proposals', packId: 'gb50289-2016' })
    await add('g', 'gas', [[0, 0.1, -1], [40, 0.1, -1]], 2)
    const { findings, label } = await client.call('check.run', { scenarioId: id, scope: 'proposals', packId: 'gb50289-2016' })
    expect(label.scenarioRevision).toBe(3)
    expect(findings.map(finding => finding.rule)).toContain('hard')
  })

  it('refuses a pack or a scheme that is not there, and any check without a project', async () => {
    const { client, id } = await withScheme()
    await expect(client.call('check.run', { scenarioId: id, scope: 'network', packId: 'nothing' })).rejects.toMatchObject({ code: 'pack_missing' })
    await expect(client.call('check.run', { scenarioId: 'nobody', scope: 'network', packId: 'gb50289-2016' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(session().client.call('check.run', { scenarioId: null, scope: 'network', packId: 'gb50289-2016' })).rejects.toMatchObject({ code: 'no_project' })
  })

  it('answers as the command line does', async () => {
    const { client, id, path } = await withScheme()
    const { findings } = await client.call('check.run', { scenarioId: id, scope: 'network', packId: 'gb50289-2016' })
    await client.call('project.close', {})
    let out = ''
    const code = await runCli(['check', path, '--scenario', 'A', '--json'], { out: text => (out += text), err: () => undefined, isTerminal: false, language: 'en', signal: new AbortController().signal })
    expect(code).toBe(1)
    const answer = JSON.parse(out) as { findings: unknown; inputs: object[] }
    expect(answer.findings).toEqual(JSON.parse(JSON.stringify(findings)))
    expect(answer.inputs).toMatchObject([{ scenario: { name: 'A', revision: 2 } }])
    let err = ''
    expect(await runCli(['check', path, '--scenario', 'B'], { out: () => undefined, err: text => (err += text), isTerminal: false, language: 'en', signal: new AbortController().signal })).toBe(2)
    expect(err).toMatch(/no scheme "B".*A/)
  })
})

describe('check.compare', () => {
  it('tells what only one of two packs finds, and what both find otherwise, by kinds', async () => {
    const { client, id } = await withScheme()
    const gb = shippedPack('gb50289-2016')!.pack
    const own = { ...gb, id: 'own', version: '1', vertical: gb.vertical.map(cell => ({ ...cell, minM: cell.minM / 4 })) }
    await client.call('register.apply', { changes: [{ collection: 'rulePacks', id: 'own', body: own }] })
    const compare = (right: string) => client.call('check.compare', { scenarioId: id, scope: 'network', left: 'gb50289-2016', right })
    // 0.2 m clear: short of 0.4, not of 0.1.
    expect(await compare('own')).toMatchObject({
      same: 0, total: 1, tallies: [{ a: 'sewer_foul', b: 'water', onlyLeft: 1, onlyRight: 0, changed: 0 }],
      differences: [{ sort: 'only_left', left: { rule: 'vertical', required: 0.4 }, right: null, changes: [] }],
      left: { pack: { id: 'gb50289-2016' }, scenarioRevision: 2 }, right: { pack: { id: 'own' } },
    })
    await client.call('register.apply', { changes: [{ collection: 'rulePacks', id: 'own', body: { ...own, version: '2', vertical: gb.vertical.map(cell => ({ ...cell, minM: 0.3, basis: 'memory' as const })) } }] })
    expect(await compare('own')).toMatchObject({ same: 0, differences: [{ sort: 'changed', left: { required: 0.4 }, right: { required: 0.3 }, changes: ['required', 'weight'] }] })
    expect(await compare('gb50289-2016')).toMatchObject({ same: 1, total: 0, tallies: [], differences: [] })
    // Nothing of it is kept as a result of the project.
    expect((await client.call('check.latest', { scenarioId: id, scope: 'network' })).result).toBeNull()
  })

  it('refuses a pack that is not there', async () => {
    const { client, id } = await withScheme()
    await expect(client.call('check.compare', { scenarioId: id, scope: 'network', left: 'gb50289-2016', right: 'none' })).rejects.toMatchObject({ code: 'pack_missing' })
  })
})

describe('rules', () => {
  it('lists the shipped packs, gives one with its hash, and is used from then on', async () => {
    const { client } = await withScheme()
    const { packs } = await client.call('rules.list', {})
    expect(packs.map(pack => pack.id)).toContain('gb50289-2016')
    const { pack, hash } = await client.call('rules.get', { id: 'gb50289-2016' })
    expect(pack.horizontal.length).toBeGreaterThan(50)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const other = packs.find(({ id }) => id !== 'gb50289-2016')!
    expect((await client.call('rules.use', { id: other.id })).packId).toBe(other.id)
    expect((await client.call('project.info', {})).packId).toBe(other.id)
    await expect(client.call('rules.use', { id: 'nothing' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.call('rules.get', { id: 'nothing' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('every shipped pack parses, and different packs have different hashes', () => {
    const hashes = shippedPacks().map(pack => pack.hash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('the check worker', () => {
  const { records } = generateSampleCity({ segments: 4000, seed: 7 })
  const [x, y] = records.assets[0]!.axis[0]!
  const baseline: CheckBaseline = { key: 'city', columns: buildAssetColumns(records.assets, [x, y, 0]), ground: null, surfaceFeatures: [], nodes: [] }
  const task = { proposals: [], pack: shippedPack('gb50289-2016')!.pack, scope: 'network', wantsPairs: true } as const
  const live = () => new AbortController().signal

  it('gives what the check itself gives, with progress, again from the baseline it kept', async () => {
    const worker = new CheckWorker()
    const stages = new Set<string>()
    const job = { ...unattendedJob, progress: (_: number | null, stage: string) => void stages.add(stage) }
    let sent = 0
    const fetch = () => {
      sent++
      return baseline
    }
    const wanted = runCheckTask(baseline, task, unattendedJob)
    expect(await worker.check('city', fetch, task, job, live())).toEqual(wanted)
    expect(await worker.check('city', fetch, task, job, live())).toEqual(wanted)
    expect(sent).toBe(1)
    expect([...stages]).toEqual(expect.arrayContaining(['cli-check:stage.index', 'cli-check:stage.pairs']))
    await worker.close()
  })

  it('tells findings while it checks, as its thread has them, and nothing once it is cancelled', async () => {
    const crowd = Array.from({ length: 1500 }, (_, k) => {
      const [x, y] = [(k * 0.618) % 6, (k * 0.414) % 6]
      return { id: `L${k}`, kind: (['water', 'gas', 'power'] as const)[k % 3]!, owner: '', status: 'in_use' as const, section: { shape: 'circle' as const, diameterM: 0.2 }, axis: [[x, y, -1 - (k % 7) / 5], [x + 1, y + (k % 5) / 3, -1.2]] as [number, number, number][], assumed: 0, attributes: {} }
    })
    const crowded: CheckBaseline = { ...baseline, key: 'crowd', columns: buildAssetColumns(crowd, [0, 0, 0]) }
    const worker = new CheckWorker()
    const controller = new AbortController()
    const parts: number[] = []
    const running = worker.check('crowd', () => crowded, task, unattendedJob, controller.signal, ({ findings }) => {
      parts.push(findings.length)
      controller.abort()
    })
    await expect(running).rejects.toBeInstanceOf(CancelledError)
    expect(parts).toHaveLength(1)
    expect(parts[0]).toBeGreaterThan(0)
    await worker.close()
  })

  it('is cancelled at once, and checks again afterwards', async () => {
    const worker = new CheckWorker()
    const controller = new AbortController()
    const running = worker.check('city', () => baseline, task, { ...unattendedJob, progress: () => controller.abort() }, controller.signal)
    const waiting = worker.check('city', () => baseline, task, unattendedJob, controller.signal)
    await expect(running).rejects.toBeInstanceOf(CancelledError)
    await expect(waiting).rejects.toBeInstanceOf(CancelledError)
    expect((await worker.check('city', () => baseline, task, unattendedJob, live())).pairCount).toBeGreaterThanOrEqual(0)
    await worker.close()
  })

  it('a failure inside is an error, not a silence, and the next check works', async () => {
    const worker = new CheckWorker()
    const broken = { ...task, pack: { ...task.pack, classes: null as never } }
    await expect(worker.check('city', () => baseline, broken, unattendedJob, live())).rejects.toThrow()
    expect((await worker.check('city', () => baseline, task, unattendedJob, live())).findings).toBeInstanceOf(Array)
    await worker.close()
  })

  it('a thread that is ended under a check fails that check, and the next one starts a new thread', async () => {
    const worker = new CheckWorker()
    const running = worker.check('city', () => baseline, task, { ...unattendedJob, progress: () => void worker.close() }, live())
    await expect(running).rejects.toThrow(/ended/)
    expect((await worker.check('city', () => baseline, task, unattendedJob, live())).findings).toBeInstanceOf(Array)
    await worker.close()
  })
})
