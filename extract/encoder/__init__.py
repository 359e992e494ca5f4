"""The encoder of `press_en`: words to names, tags, trees and sentences."""
