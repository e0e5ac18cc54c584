import type { TFunction } from 'i18next'
import { assetKind, assetSection } from '#shared/twin/asset-columns.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { figure, sizeFigure } from '../../i18n/format.ts'
import { assetIds, axisFacts } from '../../state/twin/asset-facts.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import type { TableColumn } from '../../ui/data-table.tsx'
import { Swatch } from '../../ui/display.tsx'
import { attributeText, blockText, layingOf, pressureOf, statusOf, type LedgerFacts } from './ledger-rows.ts'

/** The columns of the ledger; blocks only where there are some. */
export function ledgerColumns(facts: LedgerFacts, t: TFunction, palette: 'standard' | 'colour_blind'): TableColumn<number>[] {
  const { columns, blocks } = facts
  const ids = assetIds(columns)
  const { lengthM, startLevelM, endLevelM } = axisFacts(columns)
  const accuracy = (value: number) => (Number.isNaN(value) ? <span className="faint">–</span> : `±${figure(value, 2)}`)
  const optional = (text: string) => text || <span className="faint">–</span>
  const plain = (id: string, title: string, width: string, text: (i: number) => string): TableColumn<number> => ({ id, title, width, text, render: i => optional(text(i)) })
  const figures = (id: string, width: string, values: Float64Array, decimals: number): TableColumn<number> =>
    ({ id, title: t(`app:ledger.column.${id}`), text: i => values[i]!.toFixed(decimals), unit: 'm', width, align: 'right', render: i => figure(values[i], decimals) })
  const attribute = (role: AttributeRole, width: string) => plain(role, t(`ledger:column.${role}`), width, i => attributeText(facts, role, i))
  return [
    { id: 'id', title: t('app:ledger.column.id'), text: i => ids[i] ?? '', width: 'minmax(104px, 1fr)', render: i => ids[i] },
    { id: 'kind', title: t('app:ledger.column.kind'), text: i => t(`kinds:kind.${assetKind(columns, i)}`), width: 'minmax(136px, 0.7fr)', render: i => <span className="finding-side"><Swatch colour={kindColour(assetKind(columns, i), palette)} /><span className="truncate">{t(`kinds:kind.${assetKind(columns, i)}`)}</span></span> },
    plain('owner', t('app:ledger.column.owner'), 'minmax(112px, 1.1fr)', i => columns.owners[columns.owner[i]!] ?? ''),
    ...(blocks.length > 0 ? [plain('block', t('ledger:column.block'), 'minmax(80px, 0.7fr)', i => blockText(facts, i))] : []),
    { id: 'size', title: t('app:ledger.column.size'), text: i => sizeFigure(assetSection(columns, i)), unit: 'mm', width: '88px', align: 'right', render: i => sizeFigure(assetSection(columns, i)) },
    attribute('material', 'minmax(72px, 0.6fr)'),
    attribute('year', '56px'),
    figures('length', '64px', lengthM, 2),
    figures('from', '84px', startLevelM, 3),
    figures('to', '84px', endLevelM, 3),
    plain('laying', t('app:ledger.column.laying'), '72px', i => layingOf(columns, i, t)),
    plain('pressure', t('app:ledger.column.pressure'), '96px', i => pressureOf(columns, i, t)),
    { id: 'status', title: t('app:ledger.column.status'), text: i => statusOf(columns, i, t), width: '72px', render: i => statusOf(columns, i, t) },
    { id: 'accuracy', title: t('app:ledger.column.accuracy'), text: i => (Number.isNaN(columns.accuracyPlanM[i]) ? '' : columns.accuracyPlanM[i]!.toFixed(2)), unit: 'm', width: '84px', align: 'right', render: i => accuracy(columns.accuracyPlanM[i]!) },
  ]
}
