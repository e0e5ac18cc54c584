import type { ParseArgsOptionsConfig } from 'node:util'
import { PLAN_SCALES, SHEET_SIZES, type SheetOrder, type SheetSize } from '#shared/report/sheets/sheet-order.ts'
import { CliFailure, type ParsedCommand } from './command.ts'

/** How `--sheets` draws. */
export const SHEET_OPTIONS = {
  paper: { type: 'string' }, scale: { type: 'string' }, line: { type: 'string', multiple: true },
  number: { type: 'string' }, revision: { type: 'string' }, drawn: { type: 'string' }, checked: { type: 'string' }, approved: { type: 'string' },
} satisfies ParseArgsOptionsConfig

/** @throws CliFailure for a paper or scale that is none of ours. */
export function readSheetOrder(values: ParsedCommand['values']): SheetOrder {
  const text = (name: keyof typeof SHEET_OPTIONS): string => (typeof values[name] === 'string' ? values[name] : '')
  const sizes = Object.keys(SHEET_SIZES) as SheetSize[]
  const size = sizes.find(each => each === (text('paper') || 'A3').toUpperCase())
  if (size === undefined) throw new CliFailure('cli-report:badPaper', { paper: text('paper'), papers: sizes.join(', ') })
  const scale = PLAN_SCALES.find(each => String(each) === (text('scale') || '500').replace(/^1:/, ''))
  if (scale === undefined) throw new CliFailure('cli-report:badScale', { scale: text('scale'), scales: PLAN_SCALES.join(', ') })
  const lines = values['line']
  return {
    size, scale, lineIds: Array.isArray(lines) ? lines.map(String) : null,
    title: { number: text('number'), revision: text('revision'), drawn: text('drawn'), checked: text('checked'), approved: text('approved') },
  }
}
