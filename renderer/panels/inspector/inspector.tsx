import { MousePointerClick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { nodeIndexOf, nodeRecord, packContext } from '#shared/twin/twin-context.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { EmptyState } from '../../ui/display.tsx'
import { AssetDetails } from './asset-details.tsx'
import { ExcavationDetails } from './excavation-details.tsx'
import { FindingDetails } from './finding-details.tsx'
import { NodeDetails } from './node-details.tsx'
import { ProposalDetails } from './proposal-details.tsx'
import { SchemeDetails } from './scheme-details.tsx'
import '../lists.css'
import './inspector.css'

/** Everything known about what is selected, or about the open finding and its two sides; with neither, about the scheme worked on. */
export function Inspector() {
  const { t } = useTranslation('app')
  const selection = useStore(sessionStore, state => state.selection)
  const findingId = useStore(sessionStore, state => state.findingId)
  const alsoCount = useStore(sessionStore, state => state.alsoSelected.length)
  const columns = useStore(projectStore, state => state.columns)
  const context = useStore(projectStore, state => state.context)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const content = () => {
    if (selection?.type === 'proposal') {
      const proposal = document?.proposals[selection.id]
      if (proposal) return <ProposalDetails key={proposal.id} proposal={proposal} vertex={selection.vertex} />
    }
    if (selection?.type === 'excavation') {
      const excavation = document?.excavations[selection.id]
      if (excavation) return <ExcavationDetails key={excavation.id} excavation={excavation} />
    }
    if (selection?.type === 'asset' && columns) {
      const index = assetIndexOf(columns, selection.id)
      if (index !== null) return <AssetDetails key={selection.id} columns={columns} index={index} />
    }
    if (selection?.type === 'node') {
      const nodes = context && packContext(context).nodes
      const index = nodes && nodeIndexOf(nodes, selection.id)
      if (nodes && index !== null) return <NodeDetails node={nodeRecord(nodes, index)} />
    }
    return null
  }
  const selected = content()
  return (
    <div className="panel">
      <div className="panel__scroll panel__scroll--flush">
        {findingId !== null && <FindingDetails id={findingId} />}
        {selected && alsoCount > 0 && <p className="inspector__also soft small">{t('inspector.also', { count: alsoCount })}</p>}
        {selected}
        {!selected && findingId === null && document && <SchemeDetails id={document.id} />}
        {!selected && findingId === null && !document && <EmptyState icon={<MousePointerClick size={24} />} title={t('inspector.empty.title')} text={t('inspector.empty.text')} />}
      </div>
    </div>
  )
}
