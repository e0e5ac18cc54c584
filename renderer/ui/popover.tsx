import { DropdownMenu, Popover as RadixPopover } from 'radix-ui'
import { use, type ReactNode } from 'react'
import { giveFocusBack } from './focus-given-back.ts'
import { Keys } from './keys.tsx'
import { OverlayRoot } from './overlay-root.ts'
import './overlays.css'

interface PopoverProps {
  readonly trigger: ReactNode
  readonly side?: 'top' | 'bottom'
  readonly align?: 'start' | 'center' | 'end'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly children: ReactNode
}

export function Popover({ trigger, side = 'bottom', align = 'start', children, ...rest }: PopoverProps) {
  const root = use(OverlayRoot)
  return (
    <RadixPopover.Root {...rest}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal container={root}>
        <RadixPopover.Content className="popover" side={side} align={align} sideOffset={4} collisionPadding={8} onCloseAutoFocus={giveFocusBack}>{children}</RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}

/** A button inside a popover that closes it. */
export const PopoverClose = ({ children }: { readonly children: ReactNode }) => <RadixPopover.Close asChild>{children}</RadixPopover.Close>

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly shortcut?: string | undefined
  readonly disabled?: boolean
  readonly danger?: boolean
  onSelect(): void
}

interface MenuProps {
  readonly trigger: ReactNode
  readonly align?: 'start' | 'end'
  readonly items: readonly (MenuItem | 'separator')[]
}

/** A menu on a button. Not modal: modal menus lock scrolling with a style tag, which the content security policy forbids. */
export function Menu({ trigger, align = 'start', items }: MenuProps) {
  const root = use(OverlayRoot)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={root}>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8} onCloseAutoFocus={giveFocusBack}>
          {items.map((item, i) =>
            item === 'separator' ? <DropdownMenu.Separator key={`separator-${i}`} className="menu__separator" /> : (
              <DropdownMenu.Item
                key={item.id}
                className={`menu__item ${item.danger ? 'menu__item--danger' : ''}`}
                disabled={item.disabled ?? false}
                onSelect={() => item.onSelect()}
              >
                <span className="menu__icon">{item.icon}</span>
                <span className="menu__label">{item.label}</span>
                {item.shortcut && <Keys shortcut={item.shortcut} />}
              </DropdownMenu.Item>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
