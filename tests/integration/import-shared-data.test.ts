import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { ImportRefused } from '#main/services/import/import-files.ts'
import { runImportTask, type TrialImport } from '#main/services/import/import-task.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { READ, REFUSED, TRAPS } from './shared-data-expectations.ts'

/**
 * Every folder of the real data: imported with the counts of its SOURCE.md, or refused with the right reason, and each of
 * its traps told by the code that stands for it (cli.md, "issues"). `UNDERPLAN_DATA_TABLE=table.md` writes what was read.
 */
const DATA = new URL('../../../shared/data/', import.meta.url)
const filesOf = (path: string) => path.split(' ')
const has = (path: string) => existsSync(new URL(filesOf(path)[0]!, DATA))

function importFiles(path: string, withRecords = false): TrialImport {
  const files = filesOf(path).map(part => ({ path: new URL(part, DATA).pathname, mappings: [] }))
  return runImportTask({ do: 'import', files, crs: 'own', ground: null, assetIds: null, withRecords }, unattendedJob) as TrialImport
}

const sizeOf = (surface: TrialImport['surfaceSizes'][number]) => (surface.type === 'tin' ? `${surface.points}/${surface.faces}` : `${surface.cols}x${surface.rows}`)

/** One line a file, for people: filled as the tests run. */
const table: string[] = []
afterAll(() => {
  const path = process.env['UNDERPLAN_DATA_TABLE']
  if (path !== undefined) writeFileSync(path, ['| file | assets | nodes | surfaces | boreholes | alignments | system | issues (code × count) | ms |', '|---|---|---|---|---|---|---|---|---|', ...table.sort()].join('\n') + '\n')
})

describe('every folder of the real data imports with its counts', () => {
  for (const [path, expected] of READ) {
    it.skipIf(!has(path))(path, () => {
      const started = performance.now()
      const outcome = importFiles(path)
      const issues = outcome.issues.map(({ code, count }) => `${code} × ${count}`).join(', ')
      table.push(`| ${path} | ${outcome.assets.total} | ${outcome.nodes} | ${outcome.surfaceSizes.map(sizeOf).join(' ')} | ${outcome.boreholes} | ${outcome.alignments} | ${outcome.crs ?? 'local'} | ${issues} | ${Math.round(performance.now() - started)} |`)
      expect([outcome.assets.total, outcome.nodes, outcome.boreholes, outcome.alignments, outcome.surfaceSizes.map(sizeOf)]).toEqual([expected.assets, expected.nodes, expected.boreholes ?? 0, expected.alignments ?? 0, expected.surfaces ?? []])
      if (expected.crs !== undefined) expect(outcome.crs).toBe(expected.crs)
      expect(outcome.issues.map(issue => issue.code)).toEqual(expect.arrayContaining([...(expected.issues ?? [])]))
    })
  }
})

describe('every trap that a SOURCE.md names is caught and said', () => {
  for (const [trap, path, code, count] of TRAPS) {
    it.skipIf(!has(path))(`${trap} (${path}): ${code}`, () => {
      const rows = importFiles(path).issues.filter(issue => issue.code === code)
      if (count === undefined) expect(rows).not.toEqual([])
      else expect(rows.map(row => row.count)).toContain(count)
    })
  }
  it.skipIf(!has('giswater-example'))('state 0 is out of service, 2 planned; a drop at a manhole keeps the pipe at its own level', () => {
    const { records } = importFiles('giswater-example/ud_arcs.geojson', true)
    expect(['in_use', 'abandoned', 'planned'].map(status => records!.assets.filter(asset => asset.status === status).length)).toEqual([193, 6, 7])
    // Arc 190: invert 37.98 at its end, where the manhole's floor is 37.88; inside 0.40 m.
    expect(records!.assets.find(asset => asset.id === '190')!.axis.at(-1)![2]).toBeCloseTo(37.98 + 0.2, 9)
  })
  it.skipIf(!has('nanaimo-water'))('pipes beyond the edge of a terrain model are told apart from those on it', () => {
    const { issues } = importFiles('nanaimo-water/PIPES_AND_SERVICES_sm.shp nanaimo-water/Nanaimo_DEM1.tif')
    const [onIt, beyond] = (['info', 'warning'] as const).map(severity => issues.find(issue => issue.code === 'cover_assumed' && issue.severity === severity)?.count ?? 0)
    expect(onIt! + beyond!).toBe(3331)
    expect(onIt).toBeGreaterThan(0)
    expect(beyond).toBeGreaterThan(0)
  })
})

describe('what cannot be read is refused with its reason', () => {
  for (const [path, code] of REFUSED) {
    it.skipIf(!has(path))(`${path}: ${code}`, () => {
      let refusal: unknown = null
      try {
        importFiles(path)
      } catch (cause) {
        refusal = cause
      }
      expect(refusal).toBeInstanceOf(ImportRefused)
      table.push(`| ${path} | refused | | | | | | ${(refusal as ImportRefused).issue?.code}: ${String((refusal as ImportRefused).issue?.context?.['problem'])} | |`)
      expect((refusal as ImportRefused).issue?.code).toBe(code)
    })
  }
  it.skipIf(!has('wntr'))('none of the data is absent', () => {
    expect([...READ, ...REFUSED].map(([path]) => path).filter(path => !has(path))).toEqual([])
  })
  it.skipIf(!has('wntr'))('no file of the data is forgotten', () => {
    const known = new Set([...READ, ...REFUSED].flatMap(([path]) => filesOf(path)))
    // Side files come with their lead; BCF archives are another command's; texts beside the data are nobody's.
    const isData = (path: string) => !/SOURCE\.md|licen[cs]e|readme|_source\.txt|\.(shx|prj|tfw|rpt|dat|bcf|bcfzip)$|examples\/.*\.txt/i.test(path)
    const files = readdirSync(DATA, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => relative(fileURLToPath(DATA), join(entry.parentPath, entry.name)))
    expect(files.filter(path => isData(path) && !known.has(path))).toEqual([])
  })
})
