import { RENDER_ORDER } from '#renderer/scene/layers.ts'
import { Marks } from '#renderer/scene/marks/marks.tsx'
import { Paths } from '#renderer/scene/paths/paths.tsx'
import { useScene } from '#renderer/scene/scene-context.ts'
import { useDraftPicture } from './draft-picture.ts'

/** The line being drawn or dragged. */
export function DraftLayer() {
  const { model, colours } = useScene()
  const { paths, plumb, marks } = useDraftPicture(model, colours)
  return (
    <>
      <Paths paths={paths} outline={colours.outline} outlinePx={1.6} hiddenStrength={0.7} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths paths={plumb} outline={colours.outline} outlinePx={0} hiddenStrength={0.8} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Marks marks={marks} />
    </>
  )
}
