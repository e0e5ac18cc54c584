import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it, onTestFinished } from 'vitest'
import { IFCPIPESEGMENT, IFCPROJECT, IFCSITE, IfcAPI } from 'web-ifc'
import { runCli } from '#main/cli/underplan.ts'
import { CannotPrint, type PrintPdf } from '#main/services/report/browser-pdf.ts'
import { PAPER_FORMS, type PaperRequest } from '#shared/contract/paper-shapes.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import type { Decision } from '#shared/register/decision.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import { startHostSession } from '#tests/builders/host-session.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const prints: PrintPdf = html => Promise.resolve(new TextEncoder().encode(`%PDF-1.7 of ${html.length}`))
const cannotPrint: PrintPdf = () => Promise.reject(new CannotPrint('no_browser'))
const MEETING = { name: '管线综合会', date: '2026-11-27', people: '张工、李工', isKept: false, decisions: [] as Decision[], pictures: {} }

/** A session with one scheme in which a water main crosses a sewer too closely, in a project whose name needs escaping. */
async function withFinding(printPdf: PrintPdf = prints) {
  const session = startHostSession({ printPdf })
  onTestFinished(() => session.close())
  const { client, workspace, ticketFor } = session
  const path = join(workspace, '城市 & <b>.gpkg')
  await client.call('project.create', { ticket: ticketFor(path, 'save_project') })
  const { document } = await client.call('scenario.create', { name: '方案A', copyFrom: null })
  const add = (id: string, kind: 'water' | 'sewer_foul', axis: [number, number, number][], baseRevision: number) =>
    client.call('scenario.execute', { id: document.id, baseRevision, command: { op: 'proposal.add', proposal: { id, name: id, kind, owner: '水务公司', section: { shape: 'circle', diameterM: 0.3 }, axis } } })
  await add('w', 'water', [[0, 0, -1], [40, 0, -1]], 0)
  await add('s', 'sewer_foul', [[20, -20, -1.5], [20, 20, -1.5]], 1)
  const make = (paper: PaperRequest['paper'], form: PaperRequest['form'], more: Partial<PaperRequest> = {}) =>
    client.call('papers.make', { paper, form, scenarioId: document.id, scope: 'proposals', language: 'zh-CN', findingIds: null, meeting: paper === 'minutes' ? MEETING : null, ...more })
  return { session, make, scenarioId: document.id, path }
}

/** The same report from the command line. */
async function report(...args: readonly string[]) {
  let err = ''
  const code = await runCli(['report', ...args], { out: () => undefined, err: text => (err += text), isTerminal: false, language: 'en', signal: new AbortController().signal })
  return { code, err }
}

describe('papers.make', () => {
  it.each(Object.entries(PAPER_FORMS).flatMap(([paper, forms]) => forms.map(form => [paper as PaperRequest['paper'], form] as const)))('makes %s as %s, in either language, with nothing loaded from outside', { timeout: 30_000 }, async (paper, form) => {
    const { make } = await withFinding()
    for (const language of ['zh-CN', 'en'] as const) {
      const { name, bytes, lacksPdf } = await make(paper, form, { language })
      expect(name).toMatch(new RegExp(`\\.${form}$`))
      expect(name).not.toMatch(/[\\/:*?"<>|]/)
      expect(lacksPdf).toBe(false)
      if (form !== 'html') {
        if (form !== 'csv') expect(strFromU8(bytes.slice(0, 2), true)).toBe(form === 'pdf' ? '%P' : form === 'dxf' ? '0\n' : 'PK')
        else expect(strFromU8(bytes)).toContain('s|w|vertical')
        continue
      }
      const html = strFromU8(bytes)
      expect(html).toContain(`lang="${language}"`)
      expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
      // The project's name is text, never markup.
      expect(html).not.toContain('<b>.gpkg')
    }
  })

  it('writes the finding into workbook, table and BCF alike', async () => {
    const { make } = await withFinding()
    const csv = strFromU8((await make('findings', 'csv')).bytes)
    expect(csv).toContain('0.200')
    const { topics } = readBcf((await make('findings', 'bcfzip')).bytes).value!
    expect(topics).toHaveLength(1)
    expect(Object.keys(unzipSync((await make('findings', 'xlsx')).bytes))).toContain('xl/worksheets/sheet1.xml')
  })

  it.each(['zh-CN', 'en'] as const)('puts what the scheme makes worse of the lifeline on paper, as screening (%s)', async language => {
    const { session: { client }, make, scenarioId } = await withFinding()
    await client.call('scenario.execute', { id: scenarioId, baseRevision: 2, command: { op: 'proposal.add', proposal: { id: 'g', name: 'g', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 8, -1], [40, 8, -1]] } } })
    const csv = strFromU8((await make('findings', 'csv', { scope: 'lifeline', language })).bytes)
    expect(csv).toContain('g|s|gas_space|1')
    expect(csv).toContain(language === 'en' ? 'Screening' : '筛查')
    expect(csv).not.toContain('|vertical|')
    const { topics } = readBcf((await make('findings', 'bcfzip', { scope: 'lifeline', language })).bytes).value!
    expect(topics).toHaveLength(1)
    expect(strFromU8((await make('report', 'html', { scope: 'lifeline', language })).bytes)).toContain(language === 'en' ? 'leaking gas can gather there' : '泄漏燃气可能在此聚集')
  }, 30_000)

  it('sends topics with a model of their objects: the same guids, where the cameras look, named in every header', { timeout: 30_000 }, async () => {
    const { make } = await withFinding()
    const files = unzipSync((await make('findings', 'zip')).bytes)
    expect(Object.keys(files).sort()).toEqual(['findings.bcfzip', 'objects.ifc'])
    const { topics: [topic] } = readBcf(files['findings.bcfzip']!).value
    const api = new IfcAPI()
    await api.Init()
    const model = api.OpenModel(files['objects.ifc']!)
    onTestFinished(() => api.CloseModel(model))
    const lines = (type: number) => { const ids = api.GetLineIDsWithType(model, type); return Array.from({ length: ids.size() }, (_, i) => api.GetLine(model, ids.get(i)) as Record<string, { value: unknown } | null>) }
    const guidOf = (line: Record<string, { value: unknown } | null> | undefined) => line?.['GlobalId']?.value
    const { components, cameras: [camera] } = topic!.viewpoints![0]!.view!
    expect(new Set(lines(IFCPIPESEGMENT).map(guidOf))).toEqual(new Set(components!.selection!.map(({ ifcGuid }) => ifcGuid)))
    expect(lines(IFCPIPESEGMENT)).toHaveLength(2)
    expect(topic!.headerFiles).toMatchObject([{ ifcProject: guidOf(lines(IFCPROJECT)[0]), ifcSpatialStructureElement: guidOf(lines(IFCSITE)[0]), filename: 'objects.ifc' }])
    // The pipe runs along y = 0 from x = 0 to 40 at −1: that is where the model has it too, and within 20 m of the camera.
    let [low, high] = [Infinity, -Infinity]
    const water = lines(IFCPIPESEGMENT).find(line => line['Name']?.value === 'w')!
    api.StreamMeshes(model, [water['expressID'] as unknown as number], mesh => {
      for (let i = 0; i < mesh.geometries.size(); i++) {
        const placed = mesh.geometries.get(i)
        const geometry = api.GetGeometry(model, placed.geometryExpressID)
        const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
        const t = placed.flatTransformation
        for (let k = 0; k < vertices.length; k += 6) {
          const x = t[0]! * vertices[k]! + t[4]! * vertices[k + 1]! + t[8]! * vertices[k + 2]! + t[12]!
          ;[low, high] = [Math.min(low, x), Math.max(high, x)]
        }
      }
    })
    expect([low, high]).toEqual([expect.closeTo(0, 6), expect.closeTo(40, 6)])
    expect(Math.abs(Number(camera!.viewPoint!.x) - 20)).toBeLessThan(20)
  })

  it('leaves out what was not asked for', async () => {
    const { make } = await withFinding()
    expect(readBcf((await make('findings', 'bcfzip', { findingIds: [] })).bytes).value!.topics).toEqual([])
  })

  it('gathers minutes, BCF and workbook in one file, decisions that could not be kept included', async () => {
    const { make } = await withFinding()
    const decision: Decision = { subject: { type: 'project' }, text: '抬高<给水>管 0.2 m', owner: '王工', due: '2026-12-10', date: MEETING.date, meeting: MEETING.name }
    const { bytes } = await make('minutes', 'zip', { meeting: { ...MEETING, decisions: [decision] } })
    const files = unzipSync(bytes)
    expect(Object.keys(files).sort()).toEqual(['findings.bcfzip', 'findings.xlsx', 'minutes.html', 'minutes.pdf', 'objects.ifc'])
    const minutes = strFromU8(files['minutes.html']!)
    for (const text of ['管线综合会', '张工、李工', '抬高&lt;给水&gt;管 0.2 m', '王工', '2026-12-10']) expect(minutes).toContain(text)
  })

  it('sets the schemes side by side in the report, with what becomes of each conflict', { timeout: 60_000 }, async () => {
    const { session: { client }, make, scenarioId, path } = await withFinding()
    expect(strFromU8((await make('report', 'html', { language: 'en' })).bytes)).not.toContain('Comparison of schemes')
    const { document } = await client.call('scenario.create', { name: '方案B', copyFrom: scenarioId })
    await client.call('scenario.execute', { id: document.id, baseRevision: 0, command: { op: 'proposal.setAxis', id: 's', axis: [[20, -20, -3], [20, 20, -3]] } })
    const html = strFromU8((await make('report', 'html', { language: 'en' })).bytes)
    const chapter = html.slice(html.lastIndexOf('<h2>Comparison of schemes'))
    expect(chapter).toMatch(/Mandatory conflicts, certain<\/th><td class="figure">1<\/td><td class="figure">0</)
    expect(chapter).toMatch(/Length<\/th><td class="figure">80\.0 m<\/td><td class="figure">80\.0 m</)
    expect(chapter).toContain('Conflicts of “方案B” against “方案A”')
    expect(chapter).toMatch(/<td>Gone<\/td>/)
    // The command line has the same chapter, letter by letter; where sets were asked for it has none.
    const paper = join(temporaryFolder(), 'r.html')
    const written = async (...more: string[]) => {
      expect(await report(path, '--scenario', '方案A', '--html', paper, '--lang', 'en', ...more)).toMatchObject({ code: 0, err: '' })
      return readFileSync(paper, 'utf8')
    }
    const upTo = (text: string) => text.slice(0, text.indexOf('</section>'))
    const own = await written()
    expect(upTo(own.slice(own.lastIndexOf('<h2>Comparison of schemes')))).toBe(upTo(chapter))
    expect(await written('--sets', 'scenario:all')).not.toContain('Comparison of schemes')
  })

  it('tells what became of findings of the hazards: status, person and exception, of this scheme alone, in the application and on the command line', { timeout: 60_000 }, async () => {
    const { session: { client }, make, scenarioId, path } = await withFinding()
    await client.call('scenario.execute', { id: scenarioId, baseRevision: 2, command: { op: 'proposal.add', proposal: { id: 'g', name: 'g', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 8, -1], [40, 8, -1]] } } })
    const [finding] = (await client.call('check.run', { scenarioId, scope: 'lifeline', packId: 'gb50289-2016' })).findings
    expect(finding).toMatchObject({ id: 'g|s|gas_space|1', rule: 'gas_space' })
    const keyIn = (scheme: string) => findingKey(finding!, scheme, () => true).key
    const seen = { at: '', rule: finding!.rule, a: finding!.a, b: finding!.b, required: 0, found: 0, shortfall: 1, clause: '', mandatory: false, verdict: 'possible' } as const
    const exception = { reason: '现场 <b> 无法避让', measure: '加套管', person: '赵工', date: '2026-11-01', expires: '2027-06-30', geometry: { a: '', b: '' }, pack: { id: 'gb50289-2016', version: '1', hash: '' } }
    const state = (more: object) => ({ scenarioId, findingId: finding!.id, status: 'accepted' as const, assignee: '李工', due: null, tags: [], group: '', comments: [], exception, seen, ...more })
    await client.call('register.apply', { changes: [
      { collection: 'findingStates', id: keyIn(scenarioId), body: state({}) },
      // Neither of another scheme nor of a clearance is any business of this chapter.
      { collection: 'findingStates', id: keyIn('other'), body: state({ scenarioId: 'other', assignee: '别处之人' }) },
      { collection: 'findingStates', id: `${scenarioId}/s|w|vertical`, body: state({ findingId: 's|w|vertical', status: 'active', assignee: '净距之人', exception: null, seen: { ...seen, rule: 'vertical' } }) },
    ] })
    const tableOf = (html: string) => /<h3>Worked off, as recorded<\/h3><table>.*?<tbody>(.*?)<\/tbody>/s.exec(html)?.[1] ?? null
    const cells = (html: string) => [...tableOf(html)!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, text]) => text)
    const inApplication = strFromU8((await make('report', 'html', { language: 'en' })).bytes)
    expect(cells(inApplication)).toEqual([expect.stringMatching(/: g – s$/), 'Accepted', '李工', '现场 &lt;b&gt; 无法避让', '加套管', '赵工', '2027-06-30'])
    const paper = join(temporaryFolder(), 'r.html')
    expect(await report(path, '--scenario', '方案A', '--html', paper, '--lang', 'en')).toMatchObject({ code: 0, err: '' })
    expect(tableOf(readFileSync(paper, 'utf8'))).toBe(tableOf(inApplication))
    // Worked on, but nothing granted; and where nobody has touched any, there is no such list.
    await client.call('register.apply', { changes: [{ collection: 'findingStates', id: keyIn(scenarioId), body: state({ status: 'reviewed', assignee: '', exception: null }) }] })
    expect(cells(strFromU8((await make('report', 'html', { language: 'en' })).bytes)).slice(1)).toEqual(['Reviewed', '–', '–', '–', '–', '–'])
    await client.call('register.apply', { changes: [{ collection: 'findingStates', id: keyIn(scenarioId), body: null }] })
    expect(tableOf(strFromU8((await make('report', 'html', { language: 'en' })).bytes))).toBeNull()
  })

  const PICTURE = { type: 'image/png', base64: 'iVBORw0KGgo=', widthPx: 2, heightPx: 1 } as const

  it('puts the picture of a decision into the minutes: one the project keeps, and one that only came along', async () => {
    const { session: { client }, make } = await withFinding()
    const decision: Decision = { subject: { type: 'project' }, text: '见标绘', owner: '', due: null, date: MEETING.date, meeting: MEETING.name, picture: 'p1' }
    await client.call('register.apply', { changes: [{ collection: 'pictures', id: 'p1', body: PICTURE }, { collection: 'decisions', id: 'd1', body: decision }] })
    expect(strFromU8((await make('minutes', 'html', { meeting: { ...MEETING, isKept: true } })).bytes)).toContain('src="data:image/png;base64,iVBORw0KGgo="')
    const loose = { ...MEETING, decisions: [{ ...decision, picture: 'p2' }], pictures: { p2: { type: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]) } } } as const
    expect(strFromU8((await make('minutes', 'html', { meeting: { ...loose, decisions: [...loose.decisions] } })).bytes)).toContain('src="data:image/jpeg;base64,AQID"')
  })

  it('gives copies of one project the same topics, with what was said in each, pictures too', { timeout: 30_000 }, async () => {
    const mine = await withFinding()
    const guid = readBcf((await mine.make('findings', 'bcf')).bytes).value.topics[0]!.guid
    const copied = await mine.session.client.call('project.saveAs', { ticket: mine.session.ticketFor(join(mine.session.workspace, '另一人的副本.gpkg'), 'save_project') })
    expect(copied.project.name).toBe('另一人的副本.gpkg')
    const [finding] = (await mine.session.client.call('check.run', { scenarioId: mine.scenarioId, scope: 'proposals', packId: copied.project.packId })).findings
    const state = { scenarioId: mine.scenarioId, findingId: finding!.id, status: 'active', assignee: '', due: null, tags: [], group: '', exception: null, comments: [{ id: 'c', at: '2026-11-27T09:00:00Z', author: '李工', text: '先探挖', picture: 'p1' }], seen: { at: '', rule: finding!.rule, a: finding!.a, b: finding!.b, required: 0, found: 0, shortfall: 0, clause: '', mandatory: true, verdict: 'certain' } }
    const { key } = findingKey(finding!, mine.scenarioId, () => true)
    await mine.session.client.call('register.apply', { changes: [{ collection: 'pictures', id: 'p1', body: PICTURE }, { collection: 'findingStates', id: key, body: state }] })
    for (const form of ['bcfzip', 'bcf'] as const) {
      const { topics: [topic], files, version } = readBcf((await mine.make('findings', form)).bytes).value
      expect(version).toBe(form === 'bcf' ? '3.0' : '2.1')
      expect(topic!.guid).toBe(guid)
      const said = topic!.comments!.find(({ text }) => text === '先探挖')!
      const shown = topic!.viewpoints!.find(view => view.guid === said.viewpointGuid)!
      expect(Buffer.from(files.get(`${topic!.folder}/${shown.snapshot!}`)!).toString('base64')).toBe(PICTURE.base64)
    }
  })

  it('says which part of the minutes is missing where nothing can print, and refuses a PDF outright', async () => {
    const { make } = await withFinding(cannotPrint)
    const { bytes, lacksPdf } = await make('minutes', 'zip')
    expect(lacksPdf).toBe(true)
    expect(Object.keys(unzipSync(bytes))).not.toContain('minutes.pdf')
    await expect(make('report', 'pdf')).rejects.toMatchObject({ code: 'no_printer' })
  })

  it('refuses a form a paper does not come in', async () => {
    const { make } = await withFinding()
    await expect(make('report', 'xlsx')).rejects.toMatchObject({ code: 'invalid' })
  })
})
