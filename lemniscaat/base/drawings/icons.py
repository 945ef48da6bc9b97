"""Line icons on a grid of 24, stroke 2, round ends."""

ICONS: dict[str, str] = {
    "lock": "M7 11V8a5 5 0 0 1 10 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM12 15v1",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.5v.1",
    "alert": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v6M12 16.4v.1",
    "speech": "M4 5h16v11H9l-5 4V5z",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "straight": "M3 12h17M14 6l6 6-6 6",
    "bent": "M3 19h5L19 7M12 5.5l7.4.9-.4 7.4",
    "chevron": "M6 9.5l6 6 6-6",
    "plus": "M12 5v14M5 12h14",
    "calendar": "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM4 11h16M8 3v4M16 3v4",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5"
    "M18 14.5c2 .8 3.2 2.7 3.5 5.5",
    "pen": "M4 20l1-5L16 4l4 4L9 19l-5 1zM13.5 6.5l4 4",
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "screen": "M4 5h16v11H4zM9 20h6M12 16v4",
}
