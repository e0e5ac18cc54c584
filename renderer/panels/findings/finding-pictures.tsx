import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { profilePicture, sectionPicture } from '#shared/report/cut-picture.ts'
import type { DrawingColours } from '#shared/report/drawing.ts'
import { reportNetwork } from '#shared/report/report-network.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Picture } from '../../ui/picture.tsx'

/** The theme's own colours: variables, so that a picture follows a change of theme by itself. */
const SCREEN: DrawingColours = { paper: 'var(--bg-panel)', ink: 'var(--ink)', soft: 'var(--ink-faint)', line: 'var(--line)', earth: 'var(--bg-raised)', ground: 'var(--ink-soft)' }
const SIZE = { width: 320, height: 116 }

/** Section and long profile through the closest points, small, as the report has them large. */
export function FindingPictures({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('review')
  const columns = useStore(projectStore, state => state.columns)
  const ground = useStore(projectStore, state => state.context?.ground ?? null)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const palette = useStore(viewStore, state => state.colours)
  const network = useMemo(() => {
    if (!columns) return null
    const proposals = Object.values(document?.proposals ?? {})
    return reportNetwork(effectiveNetwork(columns, proposals, Object.keys(document?.removals ?? {})), () => false, proposals, ground, [])
  }, [columns, ground, document])
  const drawings = useMemo(() => {
    if (!network || finding.a.length === 0) return null
    const nameOf = ([id = '']: readonly string[]): string => network.assetOf(id)?.label ?? id
    const style = { ...SIZE, colours: SCREEN, kindColour: (kind: Parameters<typeof kindColour>[0]) => kindColour(kind, palette), sides: { a: nameOf(finding.a), b: nameOf(finding.b) } }
    return { section: sectionPicture(network, finding, { ...style, label: t('picture.section') }), profile: profilePicture(network, finding, { ...style, label: t('picture.profile') }) }
  }, [network, finding, palette, t])
  if (!drawings) return null
  return (
    <div className="finding-pictures">
      {(['section', 'profile'] as const).map(name => (
        <figure key={name}><Picture drawing={drawings[name]} /><figcaption>{t(`picture.${name}`)}</figcaption></figure>
      ))}
    </div>
  )
}
