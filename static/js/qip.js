/* The entry: bind every behaviour to what the page asks for with data-behaviour. */
import { bind, start } from "./bind.js";
import { busy } from "./busy.js";
import { confirmFirst } from "./confirm.js";
import { count } from "./count.js";
import { decide } from "./decide.js";
import { draft } from "./draft.js";
import { guard } from "./guard.js";
import { openWhenWide, popup } from "./details.js";
import { quickPick } from "./quick_pick.js";
import { rate } from "./rate.js";
import { shortcuts } from "./shortcuts.js";
import { submitOnChange } from "./submit_on_change.js";
import { watchSwaps } from "./swap.js";
import { theme } from "./theme_control.js";
import { toasts } from "./toast.js";

bind("busy", busy);
bind("confirm", confirmFirst);
bind("count", count);
bind("decide", decide);
bind("draft", draft);
bind("guard", guard);
bind("open-when-wide", openWhenWide);
bind("popup", popup);
bind("quick-pick", quickPick);
bind("rate", rate);
bind("shortcuts", shortcuts);
bind("submit-on-change", submitOnChange);
bind("theme", theme);
bind("toasts", toasts);

watchSwaps();
start();
