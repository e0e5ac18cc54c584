import { CircleDot, Slash, Spline, Square } from 'lucide-react'
import { useMemo, type Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import { joinIssues } from '#shared/core/issues.ts'
import { count } from '../../i18n/format.ts'
import { Badge } from '../../ui/display.tsx'
import { CrsField } from './crs-field.tsx'
import { openLayer, type ImportEvent, type ImportState } from './import-state.ts'
import { IssueList } from './issue-list.tsx'
import { LayerPreview } from './layer-preview.tsx'
import { MappingForm } from './mapping-form.tsx'

const GEOMETRY_ICON = { line: Spline, point: CircleDot, polygon: Square, mixed: Slash } as const

interface MappingStepProps {
  readonly state: ImportState
  readonly dispatch: Dispatch<ImportEvent>
}

/** Layers on the left, what their fields mean in the middle, where they lie on the right. */
export function MappingStep({ state, dispatch }: MappingStepProps) {
  const { t } = useTranslation('import-wizard')
  const open = openLayer(state)
  const issues = useMemo(() => joinIssues(state.files.map(file => file.issues)), [state.files])
  const { files } = state
  const shown = open?.layer
  const others = useMemo(() => files.flatMap(file => file.layers).filter(layer => layer !== shown && layer.crs === shown?.crs), [files, shown])
  return (
    <div className="import-mapping">
      <nav className="import-layers" aria-label={t('layers')}>
        <h3>{t('layers')}</h3>
        {state.files.map((file, f) => (
          <div key={file.ticket}>
            <p className="import-layers__file truncate" title={file.name}>{file.name}</p>
            {file.layers.map((layer, l) => {
              const Icon = GEOMETRY_ICON[layer.geometry]
              const isOpen = state.open.file === f && state.open.layer === l
              const target = state.mappings[f]?.[l]?.target ?? 'skip'
              return (
                <button key={layer.name} type="button" className="import-layers__layer" aria-current={isOpen} onClick={() => dispatch({ type: 'opened', file: f, layer: l })}>
                  <Icon size={14} />
                  <span className="truncate">{layer.name}</span>
                  <span className="import-layers__count">{count(layer.features)}</span>
                  <Badge tone={target === 'skip' ? 'neutral' : 'accent'}>{t(`target.${target}`)}</Badge>
                </button>
              )
            })}
            {file.layers.length === 0 && <p className="soft import-layers__none">{t(file.isPart ? 'isPart' : file.surfaces > 0 ? 'isGround' : file.boreholes > 0 ? 'isBoreholes' : file.alignments > 0 ? 'isAlignments' : 'noLayers')}</p>}
          </div>
        ))}
        {issues.length > 0 && <IssueList issues={issues} />}
      </nav>
      {open ? (
        <MappingForm key={`${state.open.file}/${state.open.layer}`} layer={open.layer} mapping={open.mapping} onChange={mapping => dispatch({ type: 'mapped', mapping })} />
      ) : <p className="soft">{t(state.files.some(file => file.surfaces + file.boreholes + file.alignments > 0) ? 'onlyGround' : 'nothingReadable')}</p>}
      <aside className="import-place">
        <CrsField crs={state.crs} declared={open?.layer.crs ?? null} onChange={crs => dispatch({ type: 'placed', crs })} />
        {open && <LayerPreview layer={open.layer} others={others} label={t('preview')} />}
      </aside>
    </div>
  )
}
