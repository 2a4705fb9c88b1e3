"""Verifying: do a report, its edition, its rules and its inputs still belong together?"""
