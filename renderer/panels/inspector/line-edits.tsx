import { ArrowLeftRight, CircleDot, Copy, Merge, Route, Scissors, TrendingDown, Waves } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { manholeClause, manholeSpacingM } from '#shared/routing/lines/manhole-spacing.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { copyBeside, followGround, gradeLine, joinCandidates, joinLines, placeManholes, reverseLine, splitLine } from '../../actions/scheme/line-actions.ts'
import { rerouteLine } from '../../actions/scheme/planning-actions.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'
import { NumberInput } from '../../ui/fields.tsx'

/** What can be done with a proposed line as a whole; each is one step of undo. */
export function LineEdits({ proposal, vertex, isReadOnly }: { readonly proposal: Proposal; readonly vertex: number | null; readonly isReadOnly: boolean }) {
  const { t } = useTranslation('planning')
  const [besideM, setBeside] = useState(1)
  const isInner = vertex !== null && vertex > 0 && vertex < proposal.axis.length - 1
  return (
    <Section title={t('edit.title')}>
      <div className="line-edits">
        <Button icon={<ArrowLeftRight size={14} />} disabled={isReadOnly} onClick={() => reverseLine(proposal)}>{t('edit.reverse')}</Button>
        <Button icon={<TrendingDown size={14} />} disabled={isReadOnly} tip={t('edit.gradeTip')} onClick={() => gradeLine(proposal)}>{t('edit.grade')}</Button>
        <Button icon={<Waves size={14} />} disabled={isReadOnly} tip={t('edit.coverTip')} onClick={() => followGround(proposal)}>{t('edit.cover')}</Button>
        <Button icon={<Scissors size={14} />} disabled={isReadOnly || !isInner} tip={t('edit.splitTip')} onClick={() => vertex !== null && splitLine(proposal, vertex)}>{t('edit.split')}</Button>
        {GRAVITY_KINDS.has(proposal.kind) && <Button icon={<CircleDot size={14} />} disabled={isReadOnly} tip={t('edit.manholesTip', { spacing: manholeSpacingM(proposal.section), clause: manholeClause })} onClick={() => placeManholes(proposal)}>{t('edit.manholes')}</Button>}
        {joinCandidates(proposal).slice(0, 2).map(other => (
          <Button key={other.id} icon={<Merge size={14} />} disabled={isReadOnly} onClick={() => joinLines(proposal, other)}>{t('edit.joinWith', { name: other.name || other.id })}</Button>
        ))}
        <Button icon={<Route size={14} />} disabled={isReadOnly} tip={t('edit.rerouteTip')} onClick={() => rerouteLine(proposal.id)}>{t('edit.reroute')}</Button>
      </div>
      <div className="line-edits">
        <NumberInput aria-label={t('edit.offsetBy')} className="pipeline-options__small" value={besideM} decimals={2} min={-100} max={100} unit="m" onCommit={setBeside} />
        <Button icon={<Copy size={14} />} disabled={isReadOnly || besideM === 0} tip={t('edit.offsetTip')} onClick={() => copyBeside(proposal, besideM)}>{t('edit.offset')}</Button>
      </div>
    </Section>
  )
}
