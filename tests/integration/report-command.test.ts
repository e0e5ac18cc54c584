import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { findBrowser } from '#main/services/host/find-browser.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { pdfAnchorPages } from '#main/services/report/pdf-anchors.ts'
import { sideHash } from '#shared/review/side-hash.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'

async function run(args: readonly string[], language: CliIo['language'] = 'en') {
  let [out, err] = ['', '']
  const code = await runCli(args, { out: text => (out += text), err: text => (err += text), isTerminal: false, language, signal: new AbortController().signal })
  return { code, out, err }
}

interface Row { id: string; a: string[]; b: string[]; found: number; required: number; exception?: { reason: string } }

/** A crowded network with few enough findings to print. */
function crowded(): { folder: string; network: string } {
  const folder = temporaryFolder()
  const network = join(folder, '管网.geojson')
  writeFileSync(network, JSON.stringify(randomNetwork({ seed: 77, assets: 14, missingShare: 0 })))
  return { folder, network }
}

const findingsOf = (path: string): Row[] => (JSON.parse(readFileSync(path, 'utf8')) as { findings: Row[] }).findings
const hasTextTool = existsSync('/usr/bin/pdftotext')

describe('papers of a check', () => {
  it('writes HTML that loads nothing and says pack, data and every finding', async () => {
    const { folder, network } = crowded()
    const [html, json] = [join(folder, 'out.html'), join(folder, 'out.json')]
    expect((await run(['check', network, '--html', html, '--json', json])).code).toBe(1)
    const text = readFileSync(html, 'utf8')
    expect(text).toContain('gb50289-2016')
    expect(text).toContain(JSON.parse(readFileSync(json, 'utf8')).inputs[0].hash)
    expect(text).not.toMatch(/<script|<link|<iframe|<img|https?:\/\/|@import/i)
    for (const [url] of text.matchAll(/url\([^)]{0,40}/g)) expect(url).toMatch(/^url\(data:font\/woff2/)
    const findings = findingsOf(json)
    expect(findings.length).toBeGreaterThan(0)
    expect(text.match(/<section id="finding-\d+"/g)).toHaveLength(findings.length)
    for (const { found } of findings) expect(text).toContain(`${found < 0 ? '−' : ''}${Math.abs(found).toFixed(3)} m`)
    expect(readdirSync(folder).filter(name => name.startsWith('.underplan'))).toEqual([])
  })

  it('writes a workbook with a row for each finding under a heading, and no formula', async () => {
    const { folder, network } = crowded()
    const [xlsx, csv, json] = [join(folder, 'out.xlsx'), join(folder, 'out.csv'), join(folder, 'out.json')]
    await run(['check', network, '--xlsx', xlsx, '--csv', csv, '--json', json])
    const sheet = strFromU8(unzipSync(readFileSync(xlsx))['xl/worksheets/sheet1.xml']!)
    const findings = findingsOf(json)
    expect(sheet.match(/<row /g)).toHaveLength(findings.length + 1)
    expect(sheet).not.toContain('<f>')
    for (const { required, id } of findings) {
      expect(sheet).toContain(`<v>${required}</v>`)
      expect(sheet).toContain(`>${id}<`)
    }
    expect(readFileSync(csv, 'utf8').trim().split('\r\n').length).toBe(findings.length + 1)
  })

  it('escapes names that are markup', async () => {
    const folder = temporaryFolder()
    const line = (id: string, y: number) => ({ type: 'Feature', properties: { id, kind: 'gas', owner: '<script>alert(1)</script>', diameterM: 0.3, pressureClass: 'low' }, geometry: { type: 'LineString', coordinates: [[0, y, 0], [20, y, 0]] } })
    const [network, html] = [join(folder, 'x.geojson'), join(folder, 'x.html')]
    writeFileSync(network, JSON.stringify({ type: 'FeatureCollection', features: [line('"><img src=x onerror=alert(1)>', 0), { ...line('W', 0.1), properties: { id: 'W', kind: 'water', owner: 'O', diameterM: 0.3 } }] }))
    expect((await run(['report', network, '--html', html])).code).toBe(0)
    const text = readFileSync(html, 'utf8')
    expect(text).not.toMatch(/<script|<img/)
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('says in one line what is wrong: nothing asked, another language', async () => {
    const { network } = crowded()
    for (const args of [[], ['--html', 'x.html', '--lang', 'fr']]) {
      const { code, out, err } = await run(['report', network, ...args])
      expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1])
    }
  })

  it.skipIf(findBrowser() === null)('prints a PDF whose text can be selected, with the pages in the contents', { timeout: 240_000 }, async () => {
    const { folder, network } = crowded()
    const [pdf, json] = [join(folder, '报告.pdf'), join(folder, 'out.json')]
    expect(await run(['check', network, '--pdf', pdf, '--json', json, '--lang', 'zh-CN'])).toMatchObject({ code: 1, err: '' })
    const anchors = pdfAnchorPages(new Uint8Array(readFileSync(pdf)))
    const count = findingsOf(json).length
    expect([anchors.get('statement'), anchors.has(`finding-${count}`)]).toEqual([3, true])
    if (!hasTextTool) return
    const page = (number: number) => execFileSync('pdftotext', ['-layout', '-f', String(number), '-l', String(number), pdf, '-'], { encoding: 'utf8' })
    expect(page(1)).toContain('管线净距检查报告')
    expect(page(1)).toContain('gb50289-2016')
    expect(page(2)).toMatch(new RegExp(`方法与数据\\s+${anchors.get('statement')}\\b`))
    expect(page(anchors.get('finding-1')!)).toContain('过最近点的断面')
  })
})

describe('exceptions in a report', () => {
  it('are told while both sides lie where they did, and are no difference to verify', { timeout: 120_000 }, async () => {
    const { folder, network } = crowded()
    const [project, json] = [join(folder, 'p.gpkg'), join(folder, 'p.json')]
    await run(['import', network, '-o', project])
    expect((await run(['check', project, '--json', json])).code).toBe(1)
    const [finding] = findingsOf(json)
    const file = (await ProjectFile.open(project)).project
    const records = file.records().assets
    const geometryOf = (id: string) => records.find(asset => asset.id === id) ?? null
    const report = JSON.parse(readFileSync(json, 'utf8')) as { pack: { id: string; version: string; hash: string } }
    const body = (a: string) => ({
      scenarioId: null, findingId: finding!.id, status: 'accepted' as const, assignee: '', due: null, tags: [], group: '', comments: [],
      exception: { reason: 'short', measure: 'sleeve', person: 'Li', date: '2026-01-01', expires: '2020-01-01', geometry: { a, b: sideHash(finding!.b, geometryOf) }, pack: report.pack },
      seen: { at: '', rule: 'hard' as const, a: [], b: [], required: 0, found: 0, shortfall: 0, clause: '', mandatory: true, verdict: 'certain' as const },
    })
    const keep = (a: string) => file.changeRecords([{ collection: 'findingStates', id: `/${finding!.id}`, body: body(a) }])
    await keep(sideHash(finding!.a, geometryOf))
    await run(['check', project, '--json', json])
    expect(findingsOf(json).filter(row => row.exception).map(row => [row.id, row.exception!.reason])).toEqual([[finding!.id, 'short']])
    expect((await run(['verify', json])).code).toBe(0)
    await keep('moved since')
    await run(['check', project, '--json', json])
    expect(findingsOf(json).some(row => row.exception)).toBe(false)
    await file.close()
  })
})
