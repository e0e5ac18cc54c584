import type { TFunction } from 'i18next'
import { compareFindings, DIFFERENCE_SORTS, tallyDifferences, type DifferenceTally, type FindingChange, type DifferenceSort } from '#shared/clearance/findings/compare-findings.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { JobControl } from '#shared/core/job.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { runCheck, withoutIgnored } from './check-run.ts'
import type { CheckSubject } from './check-subject.ts'
import type { CliIo } from './command.ts'

/** What another pack finds in the same network, as the report of a check carries it. */
export interface CheckComparison {
  readonly pack: { readonly id: string; readonly version: string; readonly hash: string }
  /** Conflicts that both find alike. */
  readonly same: number
  /** By kinds, most differences first; `left` is the check's own pack. */
  readonly tallies: readonly DifferenceTally[]
  /** The heaviest first. `left`: id among the report's findings; `right`: the other pack's finding. */
  readonly differences: readonly { readonly sort: DifferenceSort; readonly left: string | null; readonly right: Finding | null; readonly changes: readonly FindingChange[] }[]
}

/**
 * Checks the same subject by another pack and compares.
 * @param other The subject under that pack. @param found What its own pack found.
 */
export async function compareWith(other: CheckSubject, sets: string | null, found: readonly Finding[], job: JobControl, io: CliIo): Promise<CheckComparison> {
  const { answer } = withoutIgnored(await runCheck(other, sets, job, io), other)
  const { same, differences } = compareFindings(found, answer.findings)
  const assets = effectiveNetwork(other.baseline.columns, other.proposals)
  const kindOf = (id: string) => {
    const index = assetIndexOf(assets, id)
    return index === null ? null : assetKind(assets, index)
  }
  const { pack: { pack, hash } } = other
  return {
    pack: { id: pack.id, version: pack.version, hash }, same, tallies: tallyDifferences(differences, kindOf),
    differences: differences.map(({ sort, left, right, changes }) => ({ sort, left: left?.id ?? null, right, changes })),
  }
}

/** The comparison on a terminal: how many of each sort, and between which kinds. */
export function comparisonLines({ pack, same, tallies, differences }: CheckComparison, own: string, t: TFunction): string[] {
  const kind = (id: string): string => t(`kinds:kind.${id}`, { defaultValue: t(`findings:against.${id}`, { defaultValue: t(`findings:side.${id}`, { defaultValue: id }) }) })
  const counts = DIFFERENCE_SORTS.map(sort => differences.filter(row => row.sort === sort).length)
  return [
    t('cli-check:compared', { own, other: pack.id, same, onlyOwn: counts[0], onlyOther: counts[1], changed: counts[2] }),
    ...tallies.map(({ a, b, onlyLeft, onlyRight, changed }) => t('cli-check:comparedKinds', { a: kind(a), b: kind(b), onlyOwn: onlyLeft, onlyOther: onlyRight, changed })),
  ]
}
