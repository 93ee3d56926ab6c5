// The short names of emoji that people and apps here use.

const NAMES = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", smile: "😄", slightly_smiling_face: "🙂", grin: "😁",
  joy: "😂", wink: "😉", blush: "😊", thinking_face: "🤔", cry: "😢", sweat_smile: "😅", open_mouth: "😮",
  wave: "👋", clap: "👏", raised_hands: "🙌", pray: "🙏", muscle: "💪", ok_hand: "👌", point_right: "👉",
  point_up: "☝️", eyes: "👀", heart: "❤️", green_heart: "💚", blue_heart: "💙", fire: "🔥", tada: "🎉", sparkles: "✨",
  star: "⭐", zap: "⚡", bulb: "💡", rocket: "🚀", "100": "💯", white_check_mark: "✅", heavy_check_mark: "✔️",
  ballot_box_with_check: "☑️", x: "❌", heavy_multiplication_x: "✖️", warning: "⚠️", no_entry: "⛔",
  no_entry_sign: "🚫", question: "❓", exclamation: "❗", bangbang: "‼️", information_source: "ℹ️",
  rotating_light: "🚨", bell: "🔔", no_bell: "🔕", mega: "📣", loudspeaker: "📢", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", alarm_clock: "⏰", stopwatch: "⏱️", clock1: "🕐", clock9: "🕘", calendar: "📆",
  date: "📅", spiral_calendar_pad: "🗓️", memo: "📝", pencil: "✏️", pencil2: "✏️", clipboard: "📋", pushpin: "📌",
  paperclip: "📎", link: "🔗", mag: "🔍", mag_right: "🔎", lock: "🔒", unlock: "🔓", key: "🔑", hammer: "🔨",
  wrench: "🔧", hammer_and_wrench: "🛠️", gear: "⚙️", package: "📦", inbox_tray: "📥", outbox_tray: "📤",
  file_folder: "📁", open_file_folder: "📂", page_facing_up: "📄", bar_chart: "📊", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", moneybag: "💰", money_with_wings: "💸", dollar: "💵", euro: "💶", pound: "💷",
  credit_card: "💳", receipt: "🧾", email: "📧", envelope: "✉️", incoming_envelope: "📨", speech_balloon: "💬",
  thought_balloon: "💭", zzz: "💤", sleeping: "😴", robot_face: "🤖", ghost: "👻", wastebasket: "🗑️", repeat: "🔁",
  arrows_counterclockwise: "🔄", leftwards_arrow_with_hook: "↩️", arrow_right: "➡️", arrow_left: "⬅️",
  arrow_up: "⬆️", arrow_down: "⬇️", small_red_triangle: "🔺", small_red_triangle_down: "🔻", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡",
  lower_left_ballpoint_pen: "🖊️",
  large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫", large_red_square: "🟥",
  large_green_square: "🟩", large_yellow_square: "🟨", busts_in_silhouette: "👥", bust_in_silhouette: "👤",
  office: "🏢", house: "🏠", phone: "☎️", computer: "💻", desktop_computer: "🖥️", printer: "🖨️", coffee: "☕",
  beers: "🍻", sunny: "☀️", crescent_moon: "🌙", checkered_flag: "🏁", triangular_flag_on_post: "🚩",
};

// Coloured dots are drawn, so that they have their colour without a font for it.
const DOT = /^(?:large_)?(red|orange|yellow|green|blue|purple|brown)_circle$/;

export const dotOf = (name) => DOT.exec(name)?.[1];

export const emojiOf = (name) => NAMES[name.replace(/::skin-tone-\d$/, "")];
