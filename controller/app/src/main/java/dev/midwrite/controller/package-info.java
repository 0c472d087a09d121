package dev.midwrite.controller;
