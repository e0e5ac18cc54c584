import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mapForProject, storeImport } from '#main/services/import/import-into-project.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom } from '#shared/core/random.ts'
import { rounded } from './measure.ts'

const MATERIALS = ['钢', 'PE', '球墨铸铁', '混凝土']

/** A survey export as one finds them: lines with a dozen fields of their own names, two to five points each. */
function surveyOf(count: number, seed: number): string {
  const random = seededRandom(seed)
  const features = Array.from({ length: count }, (_, k) => {
    let [x, y] = [358_000 + random.range(0, 8000), 3_270_000 + random.range(0, 8000)]
    const coordinates = Array.from({ length: 2 + random.int(4) }, () => {
      x += random.range(-20, 20)
      y += random.range(-20, 20)
      return [x, y, 240 + random.range(-3, 3)].map(value => Math.round(value * 1000) / 1000)
    })
    return {
      type: 'Feature', geometry: { type: 'LineString', coordinates },
      properties: {
        管线编号: `JS${k}`, 管线种类: '给水', 权属单位: `水务${k % 7}`, 管径: random.pick([100, 200, 300, 600]), 材质: random.pick(MATERIALS), 埋设方式: '直埋',
        建设年代: 1980 + random.int(45), 起点埋深: random.range(0.7, 3).toFixed(2), 终点埋深: random.range(0.7, 3).toFixed(2), 道路名称: `路${k % 300}`, 探测单位: '测绘院', 备注: '',
      },
    }
  })
  return JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'EPSG:4545' } }, features })
}

/** Imports features into a new project, as the app does: read and mapped in a worker, stored in one transaction. The file is thrown away. `memoryMb`: the most the process held beyond what it began with. */
export async function measureImport(features: number, seed: number): Promise<{ readonly samples: number; readonly medianMs: number; readonly megabytes: number; readonly memoryMb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-bench-'))
  try {
    const path = join(folder, 'survey.geojson')
    const text = surveyOf(features, seed)
    writeFileSync(path, text)
    const before = process.memoryUsage.rss()
    let peak = before
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 25)
    const start = performance.now()
    const project = await ProjectFile.create(join(folder, 'import.gpkg'))
    const mapped = await mapForProject(project, { files: [{ path, mappings: [] }], crs: 'own' }, true, unattendedJob, new AbortController().signal)
    await storeImport(project, mapped, unattendedJob)
    const medianMs = rounded(performance.now() - start)
    clearInterval(watch)
    const { count } = project.columns()
    await project.close()
    if (count !== features) throw new Error(`the project holds ${count} assets, not ${features}`)
    return { samples: 1, medianMs, megabytes: Math.round(text.length / 1e6), memoryMb: Math.round((peak - before) / 1e6) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
