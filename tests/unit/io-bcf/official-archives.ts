import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const DATA = new URL('../../../../shared/data/', import.meta.url)

export interface ArchiveFile {
  readonly name: string
  readonly version: '1.0' | '2.0' | '2.1' | '3.0'
  readonly topics: number
  readonly bytes: () => Uint8Array
}

/** Topics of each archive as the data's own SOURCE.md counts them: one, but for these. */
const SEVERAL_TOPICS: Record<string, number> = {
  'MaximumInformation.bcf': 2, 'related_topics_with_both_topics_in_the_same_file.bcf': 2, 'Controle_Multicom_2015-04-01.bcfzip': 2,
  'Controle_Ytong_2015-04-01.bcfzip': 2, 'HB_Nutsvoorzieningen_interne_modelkwaliteit.bcfzip': 2,
}

/** The official conformance archives and the real ones of Schependomlaan; empty where the data is absent. */
export function officialArchives(): ArchiveFile[] {
  const folders = [['bcf-xml/v2.0', '2.0'], ['bcf-xml/v2.1', '2.1'], ['bcf-xml/v3.0', '3.0'], ['schependomlaan-bcf', '2.0']] as const
  return folders.flatMap(([folder, version]) => {
    const url = new URL(`${folder}/`, DATA)
    if (!existsSync(url)) return []
    return readdirSync(fileURLToPath(url)).filter(name => /\.bcf(zip)?$/.test(name)).sort().map(name => ({
      name, version: name.startsWith('Controle') ? '1.0' as const : version, topics: SEVERAL_TOPICS[name] ?? 1,
      bytes: () => new Uint8Array(readFileSync(new URL(name, url))),
    }))
  })
}
