import { RENDER_ORDER } from '#renderer/scene/layers.ts'
import { Marks } from '#renderer/scene/marks/marks.tsx'
import { Paths } from '#renderer/scene/paths/paths.tsx'
import { useScene } from '#renderer/scene/scene-context.ts'
import { usePlanningPicture } from './planning-picture.ts'

/** What is proposed but not yet taken. */
export function PlanningLayer() {
  const { model, colours } = useScene()
  const { ghosts, routes, strings, marks } = usePlanningPicture(model, colours)
  return (
    <>
      <Paths paths={ghosts} outline={colours.accent} outlinePx={1.4} hiddenStrength={0.8} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths paths={routes} outline={colours.outline} outlinePx={1.6} hiddenStrength={0.8} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths paths={strings} outline={colours.outline} outlinePx={0} hiddenStrength={0.9} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Marks marks={marks} />
    </>
  )
}
