import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { Keys } from './keys.tsx'

interface TipProps {
  readonly text: ReactNode
  readonly shortcut?: string | undefined
  readonly children: ReactNode
}

/** What a control does, on hover and on keyboard focus. */
export function Tip({ text, shortcut, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut && <Keys shortcut={shortcut} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
