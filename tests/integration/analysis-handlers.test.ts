import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runAnalysisTask } from '#main/services/analysis/analysis-task.ts'
import { analysisResultSchema } from '#shared/contract/analysis-shapes.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { DEFAULT_PACK_ID, shippedPack } from '#main/services/rule-packs.ts'
import { ANALYSIS_METHODS, SCREENING_METHODS, type AnalysisMethod, type AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import { PARAMETER_DEFAULTS, type AnalysisParameters } from '#shared/hazards/analysis/parameters.ts'
import { NO_CHANGES, type AnalysisBaseline } from '#shared/hazards/analysis/subject.ts'
import { lifelineFindings } from '#shared/hazards/lifeline/lifeline-findings.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { originFor } from '#shared/twin/twin.ts'
import { startHostSession, type HostSession } from '#tests/builders/host-session.ts'
import { aProposal, created } from '#tests/builders/project-fixtures.ts'
import { swmmStandIn } from '#tests/builders/swmm-stand-in.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const city = generateSampleCity({ segments: 4000, seed: 3 })
const { records, scenarios } = city
const [x, y] = records.assets[0]!.axis[0]!
const origin = originFor(x - 3000, y - 3000)
const baseline: AnalysisBaseline = {
  columns: buildAssetColumns(records.assets, origin), nodes: records.nodes, surfaceFeatures: records.surfaceFeatures, blocks: records.blocks,
  ground: records.ground?.type === 'grid' ? { ...records.ground, x0: records.ground.x0 - origin[0], y0: records.ground.y0 - origin[1], z: records.ground.z.map(z => z - origin[2]) } : null,
  attributes: new Map(records.assets.map(asset => [asset.id, asset.attributes])),
}
const proposals = Object.values(scenarios[0]!.proposals) as Proposal[]
const first = (kind: string) => records.assets.find(asset => asset.kind === kind && asset.attributes['part'] === 'main')!.id

const parametersOf = (method: AnalysisMethod): AnalysisParameters => ({
  method, ...PARAMETER_DEFAULTS[method], ...(method === 'burst' ? { asset: first('water') } : method === 'trace' ? { asset: first('sewer_storm') } : method === 'gas' ? { asset: first('gas') } : {}),
} as AnalysisParameters)
const run = (parameters: AnalysisParameters, of: readonly Proposal[] = proposals) => runAnalysisTask(baseline, { scheme: { ...NO_CHANGES, proposals: of }, parameters, pack: shippedPack(DEFAULT_PACK_ID)!.pack, thisYear: 2026, language: 'zh-CN' }, unattendedJob)

const LOCALES = join(import.meta.dirname, '../../assets/locales')
type Texts = { readonly [key: string]: string | Texts }
const texts = (language: string, namespace: string) => JSON.parse(readFileSync(join(LOCALES, language, `${namespace}.json`), 'utf8')) as Texts
const textAt = (catalogue: Texts, path: string): unknown => path.split('.').reduce<unknown>((at, key) => (at as Texts | undefined)?.[key], catalogue)

describe.each(ANALYSIS_METHODS)('%s on the sample city with a scheme', method => {
  let outcome: AnalysisOutcome
  let sheet: string | null
  let model: string | null
  beforeAll(async () => {
    // What a hole lays bare has a neighbour that a move of it concerns.
    const { outcome: holes } = await run(parametersOf('holes'), [])
    const parameters = method === 'shift' ? { ...parametersOf(method), asset: holes.groups.find(({ id }) => id === 'lines')!.assets[0]! } as AnalysisParameters : parametersOf(method)
    ;({ outcome, sheet, model } = await run(parameters, method === 'holes' ? [] : proposals))
  }, 60_000)

  it('answers in the shape the contract says', () => {
    expect(analysisResultSchema.safeParse({ outcome, sheet, model, label: { twinHash: 'a', scenarioId: null, scenarioRevision: 0 }, durationMs: 1, computedAt: '' }).error).toBeUndefined()
    expect(outcome.method).toBe(method)
    expect(outcome.isScreening).toBe(SCREENING_METHODS.has(method))
  })

  it('has as many cells in a row as columns, and rows that lead somewhere', () => {
    for (const { columns, rows, total } of outcome.tables) {
      expect(total).toBeGreaterThanOrEqual(rows.length)
      for (const row of rows) expect(row.cells).toHaveLength(columns.length)
    }
    expect(outcome.tables.some(({ rows }) => rows.length > 0)).toBe(true)
  })

  it('marks only lines there are', () => {
    const known = new Set([...records.assets.map(({ id }) => id), ...proposals.map(({ id }) => id)])
    for (const id of outcome.groups.flatMap(({ assets }) => assets)) expect(known).toContain(id)
  })

  it.each(['en', 'zh-CN'])('has a text for everything it says, %s', language => {
    const [analyses, kinds, findings] = [texts(language, 'analyses'), texts(language, 'kinds'), texts(language, 'findings')]
    const keys = [
      `method.${method}.title`, `method.${method}.what`, `method.${method}.source`, `method.${method}.formula`, `method.${method}.limits`, ...outcome.figures.map(({ id }) => `figure.${method}.${id}`), ...outcome.assumptions.map(({ id }) => `assumption.${id}`),
      ...outcome.groups.map(({ id }) => `group.${id}`), ...outcome.tables.flatMap(({ id, columns }) => [`table.${id}`, ...columns.map(column => `column.${column.id}`)]),
    ]
    expect(keys.filter(key => typeof textAt(analyses, key) !== 'string')).toEqual([])
    const words = outcome.tables.flatMap(({ columns, rows }) => columns.flatMap(({ id, type }, k) => (type === 'word' || type === 'words' ? rows.flatMap(row => String(row.cells[k] ?? '').split(' ').filter(word => word !== '').map(word => [id, word] as const)) : [])))
    const isKnown = ([column, word]: readonly [string, string]) => [textAt(analyses, `word.${column}.${word}`), textAt(analyses, `word.${word}`), textAt(findings, `rule.${word}`), textAt(kinds, `nodeType.${word}`), textAt(kinds, `kind.${word}`)].some(text => typeof text === 'string')
    expect(words.filter(word => !isKnown(word))).toEqual([])
  })
})

describe('what a scheme makes worse', () => {
  it('is counted per block and said, and the same scheme moved out of reach of everything is not', async () => {
    const parameters = parametersOf('lifeline')
    const verdicts = (outcome: AnalysisOutcome) => {
      const blocks = outcome.tables.find(({ id }) => id === 'blocks')!
      return blocks.rows.map(row => row.cells[blocks.columns.findIndex(({ id }) => id === 'verdict')])
    }
    expect(verdicts((await run(parameters)).outcome)).toContain('worse')
    const away = proposals.map(proposal => ({ ...proposal, axis: proposal.axis.map(([px, py, pz]) => [px + 50_000, py, pz] as const) }))
    expect(verdicts((await run(parameters, away)).outcome)).not.toContain('worse')
    expect(new Set(verdicts((await run(parameters, [])).outcome))).toEqual(new Set(['now']))
  }, 60_000)

  it('seed 3: a scheme that makes each of the four worse is caught by a finding of each, at the place of what does it; harmless lines are not', () => {
    const lengthOf = (axis: readonly (readonly number[])[]) => Math.hypot(...[0, 1, 2].map(k => axis.at(-1)![k]! - axis[0]![k]!))
    const drains = records.assets.filter(({ kind, section, axis }) => kind === 'sewer_storm' && section.shape === 'circle' && section.diameterM >= 0.6 && lengthOf(axis) > 20)
    const slopeOf = ({ axis }: (typeof drains)[number]) => Math.abs(axis[0]![2] - axis.at(-1)![2]) / lengthOf(axis)
    const flattest = [...drains].sort((a, b) => slopeOf(a) - slopeOf(b) || (a.id < b.id ? -1 : 1)).slice(0, 20)
    const beside = drains.find(drain => !flattest.includes(drain))!
    const [[x0, y0], [x1, y1]] = [beside.axis[0]!, beside.axis.at(-1)!]
    const away = [-(y1 - y0), x1 - x0].map(part => (1.3 * part) / Math.hypot(x1 - x0, y1 - y0)) as [number, number]
    const circle = { shape: 'circle', diameterM: 0.3 } as const
    // A gas main deeper than the drain beside it: its trench undermines that; narrower drains in place of flat ones that were wide enough.
    const gas = aProposal('DEEP', { kind: 'gas', section: circle, axis: beside.axis.map(([px, py, pz]) => [px + away[0], py + away[1], pz - 0.9] as const) })
    const narrow = flattest.map(({ id, axis }) => aProposal(`NARROW-${id}`, { kind: 'sewer_storm', section: circle, axis, replaces: [id] }))
    const found = (of: readonly Proposal[]) => lifelineFindings(baseline, { ...NO_CHANGES, proposals: of }, PARAMETER_DEFAULTS.lifeline, 2026, unattendedJob)
    const findings = found([gas, ...narrow])
    const by = (rule: string) => findings.filter(finding => finding.rule === rule)
    expect(by('gas_space').map(({ a }) => a)).toContainEqual(['DEEP'])
    expect(by('collapse_factors').flatMap(({ a }) => a)).toContain(beside.id)
    expect([...by('trench_struck'), ...by('trench_undermined')].flatMap(({ a }) => a)).toContain(beside.id)
    const flooding = by('manhole_flooding')
    expect(flooding.length).toBeGreaterThan(0)
    for (const { found: now, required: before } of flooding) expect(now).toBeGreaterThan(before)
    // Only the narrower drains make it flood more: without them none does.
    expect(found([gas]).filter(({ rule }) => rule === 'manhole_flooding')).toEqual([])
    const far = (proposal: Proposal): Proposal => ({ ...proposal, replaces: [], axis: proposal.axis.map(([px, py, pz]) => [px + 50_000, py, pz] as const) })
    expect(found([far(gas)])).toEqual([])
  }, 60_000)

  it('digging gives a sheet to print, in the language asked for', async () => {
    const { sheet } = await run(parametersOf('dig'))
    expect(sheet).toContain('<html lang="zh-CN">')
    expect(sheet).toContain('开挖作业许可单')
    await expect(run(parametersOf('dig'), [])).rejects.toMatchObject({ code: 'nothing_dug' })
  })

  it('a shut main lowers pressures and cuts nodes off, and both are listed', async () => {
    const { outcome } = await run({ ...parametersOf('pressure'), closed: records.assets.find(asset => asset.kind === 'water')!.id } as AnalysisParameters, [])
    const figure = (id: string) => Number(outcome.figures.find(one => one.id === id)!.value)
    expect(figure('cut') + figure('worse')).toBeGreaterThan(0)
    expect(outcome.tables.find(({ id }) => id === 'cut')!.total).toBe(figure('cut'))
  }, 60_000)
})

describe('analysis.run', () => {
  let session: HostSession
  afterEach(() => session.close())

  async function opened() {
    session = startHostSession()
    const { client, workspace, ticketFor } = session
    await client.call('project.create', { ticket: ticketFor(join(workspace, 'a.gpkg'), 'save_project') })
    const { document } = await client.call('scenario.create', { name: 'A', copyFrom: null })
    const axis: [number, number, number][] = [[0, 0, -1], [40, 0, -1]]
    await client.call('scenario.execute', { id: document.id, baseRevision: 0, command: { op: 'proposal.add', proposal: { id: 'g', name: 'g', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.3 }, pressureClass: 'medium_b', axis } } })
    return { client, id: document.id }
  }

  it('answers for the scheme it is asked about, from its worker, with what it was computed from', async () => {
    const { client, id } = await opened()
    const result = await client.call('analysis.run', { scenarioId: id, parameters: { method: 'gas', asset: 'g', ...PARAMETER_DEFAULTS.gas, holeMm: 10 }, language: 'en' })
    // 10 mm at 0.2 MPa: 184.81 m³/h by the published vector.
    expect(result.outcome.figures.find(({ id: figure }) => figure === 'rateM3H')!.value).toBeCloseTo(184.81, 1)
    expect(result.label).toMatchObject({ scenarioId: id, scenarioRevision: 1 })
    await expect(client.call('analysis.run', { scenarioId: null, parameters: { method: 'gas', asset: 'g', ...PARAMETER_DEFAULTS.gas }, language: 'en' })).rejects.toMatchObject({ code: 'asset_missing', details: { asset: 'g' } })
  })

  it('refuses what makes no sense, and works on afterwards', async () => {
    const { client, id } = await opened()
    await expect(client.call('analysis.run', { scenarioId: id, parameters: { method: 'collapse', ...PARAMETER_DEFAULTS.collapse }, language: 'en' })).rejects.toMatchObject({ code: 'nothing_to_analyse' })
    await expect(client.call('analysis.run', { scenarioId: id, parameters: { method: 'pressure', ...PARAMETER_DEFAULTS.pressure }, language: 'en' })).rejects.toMatchObject({ code: 'no_source' })
    await expect(client.call('analysis.run', { scenarioId: id, parameters: { method: 'gas', asset: null, ...PARAMETER_DEFAULTS.gas, radiusM: 1e9 }, language: 'en' } as never)).rejects.toMatchObject({ code: 'invalid' })
    expect((await client.call('analysis.run', { scenarioId: id, parameters: { method: 'connectivity', kind: null }, language: 'en' })).outcome.figures[0]).toMatchObject({ id: 'parts', value: 1 })
  })

  it('is cancelled at once', async () => {
    const { client, id } = await opened()
    const controller = new AbortController()
    const running = client.call('analysis.run', { scenarioId: id, parameters: { method: 'lifeline', ...PARAMETER_DEFAULTS.lifeline }, language: 'en' }, { signal: controller.signal })
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })

  describe.skipIf(process.platform === 'win32')('with a SWMM program (a stand-in that computes nothing)', () => {
    afterEach(() => {
      delete process.env['UNDERPLAN_SWMM']
    })

    async function drained() {
      session = startHostSession()
      const { client, workspace, ticketFor } = session
      const path = join(workspace, 'drains.gpkg')
      const storm = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.6 } }
      const builder = TwinBuilder.with().onFlatGround(10).aPipe('A', [[-80, 0, 8.25], [0, 0, 7.75]], storm).aPipe('B', [[0, 0, 7.75], [80, 0, 7.25]], storm)
        .aManhole('M1', [-80, 0, 10], { kind: 'sewer_storm' }).aManhole('M2', [0, 0, 10], { kind: 'sewer_storm' }).aManhole('OUT', [80, 0, 7.25], { kind: 'sewer_storm', nodeType: 'outfall' })
      await (await created(path, { records: builder.build() })).close()
      await client.call('project.open', { ticket: ticketFor(path, 'open_project') })
      return { client, ask: () => client.call('analysis.run', { scenarioId: null, parameters: { method: 'swmm', ...PARAMETER_DEFAULTS.swmm }, language: 'en' }) }
    }

    it('without one the model is there to keep, and that is said', async () => {
      const { ask } = await drained()
      const { model, outcome } = await ask()
      expect(model).toMatch(/\[CONDUITS\]\nA M1 M2/)
      expect(outcome.issues.map(({ code }) => code)).toContain('swmm_missing')
      expect(outcome.tables[0]!.columns.map(({ id }) => id)).not.toContain('swmm')
    })

    it('runs it, and its flows and flooding stand beside the screening', async () => {
      process.env['UNDERPLAN_SWMM'] = swmmStandIn('answers', 'runswmm')
      const { client, ask } = await drained()
      expect(await client.call('analysis.swmm', {})).toEqual({ name: 'runswmm.mjs' })
      const { outcome } = await ask()
      const [flows, manholes] = outcome.tables
      const column = (table: typeof flows, id: string) => table!.columns.findIndex(one => one.id === id)
      expect(flows!.rows.map(({ cells }) => [cells[0], cells[column(flows, 'swmm')]])).toEqual(expect.arrayContaining([['A', 0.1], ['B', 0.1]]))
      for (const { cells } of flows!.rows) expect(cells[column(flows, 'ratio')]).toBeCloseTo(Number(cells[column(flows, 'ours')]) / 0.1, 9)
      expect(manholes!.rows.find(({ cells }) => cells[0] === 'M1')!.cells[column(manholes, 'excessSwmm')]).toBe(0.12)
      expect(outcome.figures.find(({ id }) => id === 'floodedSwmm')!.value).toBe(1)
      expect(outcome.assumptions.find(({ id }) => id === 'engine')!.value).toContain('5.2.4')
    })

    it('says in its words why it would not run the model', async () => {
      process.env['UNDERPLAN_SWMM'] = swmmStandIn('refuses', 'runswmm')
      const { ask } = await drained()
      await expect(ask()).rejects.toMatchObject({ code: 'swmm_failed', details: { reason: expect.stringContaining('ERROR 141') as unknown } })
    })

    it('a drawn catchment drains to its manhole, and an answer kept from before does not stand', async () => {
      const { client } = await drained()
      const areas = async () => {
        const { outcome } = await client.call('analysis.run', { scenarioId: null, parameters: { method: 'overflow', ...PARAMETER_DEFAULTS.overflow }, language: 'en' })
        return new Map(outcome.tables[0]!.rows.map(({ cells }) => [cells[0], Number(cells[3])]))
      }
      const before = await areas()
      await client.call('register.apply', { changes: [{ collection: 'catchments', id: 'C1', body: { name: 'Yard', ring: [[-30, -20], [30, -20], [30, 20], [-30, 20]], node: 'M1', runoffCoefficient: null } }] })
      const after = await areas()
      // 60 × 40 m in M2's circle of 60 m go to M1.
      expect(after.get('M1')! - before.get('M1')!).toBeCloseTo(2400, 3)
      expect(before.get('M2')! - after.get('M2')!).toBeCloseTo(2400, 3)
    })

    it('a ticket for another purpose chooses no program', async () => {
      const { client } = await drained()
      await expect(client.call('analysis.useSwmm', { program: session.ticketFor('/bin/sh', 'import') })).rejects.toMatchObject({ code: 'file_gone' })
      await expect(client.call('analysis.useSwmm', { program: session.ticketFor(import.meta.filename, 'program') })).rejects.toMatchObject({ code: 'not_a_program' })
    })
  })
})
