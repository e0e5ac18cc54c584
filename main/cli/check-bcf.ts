import { basename } from 'node:path'
import type { TFunction } from 'i18next'
import { effectiveNetwork } from '#shared/clearance/effective-network.ts'
import type { Finding } from '#shared/clearance/finding.ts'
import { unpackStrings } from '#shared/core/packed-strings.ts'
import { findingsToBcf, MAX_FINDING_TOPICS, type FindingsExport, type FindingTexts } from '#shared/io/bcf/findings-to-bcf.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { writeArchiveFile } from '../services/bcf-file.ts'
import type { CheckSubject } from './check-run.ts'
import { CliFailure } from './command.ts'
import { figuresOf } from './finding-figures.ts'

/**
 * What `check --bcf` writes: the findings as topics of BCF 2.1, which every coordination program reads. The name of the
 * checked file stands for the project: checked again under that name, the topics keep their guids.
 * @throws CliFailure where there are too many findings or the file cannot be written; CancelledError. No file is left then.
 */
export function writeFindingsBcf(output: string, findings: readonly Finding[], subject: CheckSubject, t: TFunction): void {
  if (findings.length > MAX_FINDING_TOPICS) throw new CliFailure('cli-bcf:tooManyFindings', { count: findings.length, limit: MAX_FINDING_TOPICS })
  const name = basename(subject.path)
  const { bytes } = writeBcf(findingsToBcf({
    findings, project: { id: name, name }, author: 'Underplan', date: new Date().toISOString(),
    frame: t('cli-bcf:finding.frame', { file: name, pack: subject.pack.pack.id }),
    ...lookUps(effectiveNetwork(subject.baseline.columns, subject.proposals), t),
  }), '2.1')
  try {
    writeArchiveFile(output, bytes)
  } catch (cause) {
    throw new CliFailure('cli:cannotWrite', { file: output, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

function lookUps(columns: AssetColumns, t: TFunction): Pick<FindingsExport, 'textsOf' | 'assetOf'> {
  const indexOf = new Map(unpackStrings(columns.ids).map((id, i) => [id, i]))
  const kindOf = (id: string): string[] => (indexOf.has(id) ? [t(`kinds:kind.${ASSET_KINDS[columns.kind[indexOf.get(id)!]!]}`)] : [])
  return {
    textsOf: finding => textsOf(finding, [...new Set([...finding.a, ...finding.b].flatMap(kindOf))], t),
    assetOf: id => {
      const i = indexOf.get(id)
      return i === undefined ? null : { axis: axisOf(columns, i), widthM: 2 * columns.halfWidthM[i]! }
    },
  }
}

function textsOf(finding: Finding, kinds: readonly string[], t: TFunction): FindingTexts {
  const { mandatory, verdict, clause } = finding
  const isCover = finding.b.length === 0
  const words = { a: finding.a.join(' '), b: finding.b.join(' '), rule: t(`cli-check:rule.${finding.rule}`), verdict: t(`cli-check:verdict.${verdict}`) }
  return {
    title: t(isCover ? 'cli-bcf:finding.coverTitle' : 'cli-bcf:finding.title', words),
    sentence: t(isCover ? 'cli-check:coverLine' : 'cli-check:line', { ...words, ...figuresOf(finding), clause: clause || '–' }),
    type: words.rule,
    status: t('cli-bcf:finding.open'),
    priority: t(mandatory ? 'cli-bcf:finding.mandatory' : 'cli-bcf:finding.advisory'),
    labels: [...kinds, words.verdict],
  }
}

/** Project CRS. */
function axisOf({ vertexStart, xyz, origin }: AssetColumns, i: number): Vec3[] {
  return Array.from({ length: vertexStart[i + 1]! - vertexStart[i]! }, (_, k) => {
    const v = 3 * (vertexStart[i]! + k)
    return [xyz[v]! + origin[0], xyz[v + 1]! + origin[1], xyz[v + 2]! + origin[2]]
  })
}
