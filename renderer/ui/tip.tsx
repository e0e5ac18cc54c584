import { Tooltip } from 'radix-ui'
import { use, type ReactNode } from 'react'
import { isFocusGivenBack } from './focus-given-back.ts'
import { Keys } from './keys.tsx'
import { OverlayRoot } from './overlay-root.ts'

interface TipProps {
  readonly text: ReactNode
  readonly shortcut?: string | undefined
  readonly children: ReactNode
}

/** What a control does, on hover and on keyboard focus. */
export function Tip({ text, shortcut, children }: TipProps) {
  const root = use(OverlayRoot)
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild onFocus={event => isFocusGivenBack() && event.preventDefault()}>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={root}>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut && <Keys shortcut={shortcut} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
