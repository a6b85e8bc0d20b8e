"""What the pages show: colours, words, parts and charts, made from figures that pure functions compute."""
