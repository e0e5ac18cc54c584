import { RENDER_ORDER } from '#renderer/scene/layers.ts'
import { Marks } from '#renderer/scene/marks/marks.tsx'
import { Paths } from '#renderer/scene/paths/paths.tsx'
import { useScene } from '#renderer/scene/scene-context.ts'
import { useDigPicture } from './dig-picture.ts'

/** An excavation in hand. */
export function DigDraftLayer() {
  const { model, colours } = useScene()
  const { paths, marks } = useDigPicture(model, colours)
  return (
    <>
      <Paths paths={paths} outline={colours.outline} outlinePx={1} hiddenStrength={0.8} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Marks marks={marks} />
    </>
  )
}
