import type { Sheet, SheetCell } from '../io/export/write-xlsx.ts'
import { sizeFigure } from '../twin/section-size.ts'
import type { ReportData } from './report-data.ts'
import { findingText } from './report-words.ts'
import { ruleFigure } from './rule-figure.ts'

const COLUMNS: readonly (readonly [name: string, width: number])[] = [
  ['conflictId', 12], ['owner', 20], ['utility', 16], ['size', 12], ['lines', 18], ['against', 24], ['start', 12], ['end', 12], ['easting', 14], ['northing', 14], ['level', 10],
  ['description', 60], ['accuracy', 16], ['testHole', 14], ['alternatives', 30], ['responsible', 18], ['status', 14], ['due', 12], ['cost', 14],
]

/**
 * Utility conflict matrix (the layout that US road agencies use, SHRP 2 R15B): a row per finding and owner concerned, with
 * what is known filled in and columns for what people add.
 */
export function conflictMatrix(data: ReportData): Sheet {
  const { words, network } = data
  const rows: SheetCell[][] = []
  for (const row of data.findings) {
    const { finding, standing: { state, status }, number } = row
    const text = findingText(data, row)
    for (const side of ['a', 'b'] as const) {
      const asset = network.assetOf(finding[side][0] ?? '')
      if (!asset || asset.isProposal) continue
      const [x, y, z] = finding.at[side]
      const isUnsure = finding.verdict !== 'certain'
      rows.push([
        `${number}${side.toUpperCase()}`, asset.owner || null, words(`kinds:kind.${asset.kind}`), sizeFigure(asset.section), finding[side].join(' '), side === 'a' ? text.b : text.a,
        side === 'a' ? finding.stretch.fromChainageM : null, side === 'a' ? finding.stretch.toChainageM : null, x, y, z, text.sentence,
        finding.uncertaintyM === null ? words('report:figure.unknownAccuracy') : `± ${ruleFigure(finding.rule, finding.uncertaintyM)}`,
        words(isUnsure ? 'report:matrix.needed' : 'report:matrix.notNeeded'), text.yields, state?.assignee || null, words(`review:status.${status}`), state?.due ? { date: state.due } : null, null,
      ])
    }
  }
  return { name: words('report:matrix.sheet'), columns: COLUMNS.map(([name, width]) => ({ title: words(`report:matrix.${name}`), width, ...(['start', 'end', 'easting', 'northing', 'level'].includes(name) && { decimals: 2 as const }) })), rows }
}
